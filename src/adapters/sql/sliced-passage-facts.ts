import { createScorer, passageLengths } from './bm25.ts';
import { SELECT_GENERATION } from './passage-queries.ts';
import type { Run } from './run.ts';
import type { PassageFacts } from './text-search.ts';

/** Passages a statement: a value of D1 holds 2 MB. */
const SLICE = 50_000;

/** ?1: passage key to start after, ?2: limit. */
const SELECT_LENGTHS = `SELECT (SELECT generation FROM manifest) AS generation, max(passage_key) AS last,
    json_group_array(passage_key) AS keys, json_group_array(terms) AS lengths
  FROM (SELECT passage_key, terms FROM passage_lengths WHERE passage_key > ?1 ORDER BY passage_key LIMIT ?2) AS slice`;

/** ?1: passage keys. */
const SELECT_IDS = `SELECT p.id FROM json_each(?1) AS wanted CROSS JOIN passages AS p ON p.key = CAST(wanted.value AS INTEGER)
  ORDER BY wanted.key`;

/**
 * Reads the length of each passage when asked first, and anew when the generation has changed; ids are read of the passages
 * found, since those of all would not fit a Worker's memory, nor those of millions a row.
 */
export function createSlicedPassageFacts(
  read: Run,
): (generation: number) => Promise<PassageFacts | undefined> {
  let kept: PassageFacts | undefined;
  return async (generation) => {
    if (kept?.generation !== generation) kept = (await readFacts(read)) ?? kept;
    return kept;
  };
}

/** Undefined before the first commit, or when another came between the statements. */
async function readFacts(read: Run): Promise<PassageFacts | undefined> {
  const [before] = await read(SELECT_GENERATION);
  const keys: number[] = [];
  const lengths: number[] = [];
  for (let after = 0; ; ) {
    const [row] = await read(SELECT_LENGTHS, [after, SLICE]);
    if (row?.generation !== before?.generation) return undefined;
    if (typeof row?.last !== 'number') break;
    for (const key of parse(row.keys)) keys.push(key);
    for (const length of parse(row.lengths)) lengths.push(length);
    after = row.last;
  }
  return {
    generation: Number(before?.generation ?? 0),
    score: createScorer(passageLengths(keys, lengths)),
    async idsOf(found) {
      const rows = await read(SELECT_IDS, [JSON.stringify(found)]);
      return rows.map(({ id }) => String(id));
    },
  };
}

function parse(json: unknown): number[] {
  return JSON.parse(String(json)) as number[];
}
