import type { PassageStore, TextMatch, TextQuery } from '../../ports/passage-store.ts';
import type { Scorer, TermPostings } from './bm25.ts';
import * as queries from './passage-queries.ts';
import type { Run } from './run.ts';

/** What a search needs of the passages of one generation, in memory. */
export interface PassageFacts {
  readonly generation: number;
  readonly score: Scorer;
  /** Ids of passages, in the order of their keys in `keys`. */
  readonly idsOf: (keys: readonly number[]) => Promise<readonly string[]>;
}

/** Full-text search by BM25 over the posting lists; every passage that holds a term is scored in full. */
export function createTextSearch(
  read: Run,
  /** The facts of the generation that stands; undefined before the first commit. */
  factsOf: (generation: number) => Promise<PassageFacts | undefined>,
): Pick<PassageStore, 'searchText' | 'documentFrequencies' | 'termsBetween'> {
  async function attempt(query: TextQuery): Promise<TextMatch[] | 'changed meanwhile'> {
    const within = await keysWithin(read, query);
    const rows = await read(queries.SELECT_POSTINGS, [JSON.stringify([...new Set(query.terms)])]);
    if (rows[0] === undefined || within?.keys.size === 0) return [];
    const generation = Number(rows[0].generation);
    const facts = await factsOf(generation);
    if (facts?.generation !== generation || (within && within.generation !== generation)) {
      return 'changed meanwhile';
    }
    const { keys, scores } = facts.score(toTerms(rows, query.terms), query.limit, within?.keys);
    const ids = await facts.idsOf(keys);
    return ids.map((passageId, i) => ({ passageId, score: scores[i] ?? 0 }));
  }
  return {
    async searchText(query) {
      if (query.limit < 1) return [];
      // Statements may see two generations when a commit comes between them.
      for (;;) {
        const matches = await attempt(query);
        if (matches !== 'changed meanwhile') return matches;
      }
    },
    async documentFrequencies(terms) {
      const rows = await read(queries.SELECT_FREQUENCIES, [JSON.stringify([...new Set(terms)])]);
      const found = new Map(rows.map(({ term, passages }) => [String(term), Number(passages)]));
      return new Map(terms.map((term) => [term, found.get(term) ?? 0]));
    },
    async termsBetween({ from, to, shortest, longest }) {
      const [row] = await read(queries.SELECT_TERMS, [from, to, shortest, longest]);
      return new Map(Object.entries(row ? (JSON.parse(String(row.terms)) as Record<string, number>) : {}));
    },
  };
}

/** Keys of the passages that a query is restricted to; undefined when it is not. */
async function keysWithin(read: Run, { documentIds, passageIds }: TextQuery) {
  const ids = documentIds ?? passageIds;
  if (!ids) return undefined;
  const sql = documentIds ? queries.SELECT_KEYS_OF_DOCUMENTS : queries.SELECT_KEYS_OF_PASSAGES;
  const [row] = await read(sql, [JSON.stringify([...ids])]);
  const keys = new Set(row ? (JSON.parse(String(row.keys)) as number[]) : []);
  return { generation: Number(row?.generation), keys };
}

/** In the order of the query, whichever order the rows have: a sum of floating-point numbers depends on it. */
function toTerms(
  rows: readonly { readonly [column: string]: unknown }[],
  wanted: readonly string[],
): TermPostings[] {
  const terms = new Map<unknown, { frequency: number; blocks: { block: number; list: ArrayBuffer }[] }>();
  for (const row of rows) {
    const term = terms.get(row.term) ?? { frequency: 0, blocks: [] };
    term.frequency += Number(row.passages);
    term.blocks.push({ block: Number(row.block), list: row.list as ArrayBuffer });
    terms.set(row.term, term);
  }
  return [...new Set(wanted)].flatMap((term) => terms.get(term) ?? []);
}
