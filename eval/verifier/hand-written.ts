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

/** Files of sentences; the rules were written with the first pair in view, the second was written after them. */
const SETS = [
  { set: 'hand-written', file: 'paraphrases', supported: true },
  { set: 'hand-written', file: 'corruptions', supported: false },
  { set: 'hand-written, unseen', file: 'unseen-paraphrases', supported: true },
  { set: 'hand-written, unseen', file: 'unseen-corruptions', supported: false },
];

/** The sentences about `documents/` that people wrote; never fitted on. */
export async function handWritten(directory: string, { deps }: OpenedIndex): Promise<VerifierCase[]> {
  const cases: VerifierCase[] = [];
  const once = createOnce();
  for (const { set, file, supported } of SETS) {
    for await (const { kind, claim, near } of readJsonl(join(directory, `${file}.jsonl`), row)) {
      const { candidates } = await retrieve(deps, { query: `${claim} ${near}`, limit: PASSAGES });
      const passages = candidates.map(({ stored }) => once(stored));
      cases.push({ set, kind, claim, supported, question: claim, passages, heldOut: true });
    }
  }
  return cases;
}
