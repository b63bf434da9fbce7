import { join } from 'node:path';
import * as z from 'zod';
import { retrieve } from '../../src/ask/retrieve.ts';
import { readJsonl } from '../datasets/read-jsonl.ts';
import type { OpenedIndex } from '../system/open-index.ts';
import { createOnce } from './once.ts';
import type { VerifierCase } from './verifier-case.ts';

const row = z.strictObject({
  id: z.string(),
  kind: z.string(),
  /** The document that it is about. */
  document: z.string(),
  claim: z.string(),
  /** Words of the sentence that it was made from. */
  near: z.string(),
});
const PASSAGES = 8;

/** The sentences about `documents/` that people wrote, `paraphrases.jsonl` true and `corruptions.jsonl` false; never fitted on. */
export async function handWritten(directory: string, { deps }: OpenedIndex): Promise<VerifierCase[]> {
  const cases: VerifierCase[] = [];
  const once = createOnce();
  for (const [file, supported] of [
    ['paraphrases', true],
    ['corruptions', false],
  ] as const) {
    for await (const { kind, claim, near } of readJsonl(join(directory, `${file}.jsonl`), row)) {
      const { candidates } = await retrieve(deps, { query: `${claim} ${near}`, limit: PASSAGES });
      const passages = candidates.map(({ stored }) => once(stored));
      cases.push({ set: 'hand-written', kind, claim, supported, question: claim, passages, heldOut: true });
    }
  }
  return cases;
}
