import type { ReadInput, Statement } from '../../ports/reader.ts';
import type { Draft } from './drafts.ts';
import type { PackedPassages } from './pack-passages.ts';

/** A draft that stands, or why it does not. */
export type Proof = Statement | { readonly reason: string };

/** A draft stands when each of its numbers is that of a passage and a quote proves it. */
export async function proveDraft(
  { text, numbers }: Draft,
  { prove }: Pick<ReadInput, 'prove'>,
  { indices }: PackedPassages,
): Promise<Proof> {
  const cited: number[] = [];
  for (const number of numbers) {
    const index = indices[number - 1];
    if (index === undefined) return { reason: `there is no passage [${number}]` };
    cited.push(index);
  }
  const support = await prove(text, cited);
  return support.supported ? { text, quotes: support.quotes } : { reason: support.reason };
}
