import { createScorer, passageLengths } from '../sql/bm25.ts';
import * as queries from '../sql/passage-queries.ts';
import type { PassageFacts } from '../sql/text-search.ts';
import type { Run } from './connection.ts';

/** Reads the facts of the current generation when asked first, and anew when it has changed; undefined before the first commit. */
export function createPassageFacts(read: Run): (generation: number) => Promise<PassageFacts | undefined> {
  let kept: PassageFacts | undefined;
  return async (generation) => {
    if (kept?.generation !== generation) kept = await readFacts(read);
    return kept;
  };
}

async function readFacts(read: Run): Promise<PassageFacts | undefined> {
  const [row] = await read(queries.SELECT_PASSAGE_FACTS);
  if (row === undefined) return undefined;
  const lengths = passageLengths(parse<number>(row.length_keys), parse<number>(row.lengths));
  // A dense array, since most keys below the largest have a passage.
  const ids = new Array<string>(lengths.dampening.length).fill('');
  const names = parse<string>(row.ids);
  parse<number>(row.id_keys).forEach((key, i) => {
    ids[key] = names[i] ?? '';
  });
  return {
    generation: Number(row.generation),
    score: createScorer(lengths),
    idsOf: async (keys) => keys.map((key) => ids[key] ?? ''),
  };
}

function parse<T>(json: unknown): T[] {
  return JSON.parse(String(json)) as T[];
}
