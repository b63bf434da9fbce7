import type { PassageStore, TextMatch, TextQuery } from '../../ports/passage-store.ts';
import { chooseTerms, matchAny } from '../sql/match-expression.ts';
import * as queries from '../sql/passage-queries.ts';
import type { Run } from './connection.ts';

// At 100,000 passages a found row costs about a microsecond, a row looked through for its score a quarter of one.
const FINDING_BUDGET = 3_000;
const SCORING_BUDGET = 6_000;
const RESTRICTED_BUDGET = 40_000;
/** Candidates kept for each one wanted, since the commoner terms may still change their order. */
const OVERFETCH = 3;
const MOST_COUNTS_KEPT = 20_000;

type Scores = Map<number, number>;

/** Full-text search by FTS5's BM25. Common words find passages only where no rarer ones do; they still score. */
export function createTextSearch(read: Run): Pick<PassageStore, 'searchText' | 'documentFrequencies'> {
  const documentFrequencies = createFrequencies(read);
  return {
    documentFrequencies,
    async searchText(query) {
      if (query.limit < 1) return [];
      const frequencies = await documentFrequencies(query.terms);
      const restricted = query.documentIds ?? query.passageIds;
      const scores = restricted
        ? await scoreWithin(read, query, frequencies)
        : await scoreAll(read, query.limit, frequencies);
      return toMatches(read, scores, query.limit);
    },
  };
}

/** Counts are kept for as long as the index keeps its generation. */
function createFrequencies(read: Run): PassageStore['documentFrequencies'] {
  let generation = -1;
  let counts = new Map<string, number>();
  return async (terms) => {
    const [manifest] = await read(queries.SELECT_MANIFEST);
    const current = Number(manifest?.generation ?? 0);
    if (current !== generation || counts.size > MOST_COUNTS_KEPT) {
      counts = new Map();
      generation = current;
    }
    const kept = counts;
    const found = new Map<string, number>();
    for (const term of terms) {
      const count = kept.get(term) ?? (await countMatches(read, term));
      kept.set(term, count);
      found.set(term, count);
    }
    return found;
  };
}

async function countMatches(read: Run, term: string): Promise<number> {
  const [row] = await read(queries.COUNT_MATCHES, [matchAny([term])]);
  return Number(row?.count ?? 0);
}

async function scoreAll(read: Run, limit: number, frequencies: ReadonlyMap<string, number>): Promise<Scores> {
  const { finding, scoring } = chooseTerms(frequencies, { finding: FINDING_BUDGET, scoring: SCORING_BUDGET });
  if (finding.length === 0) return new Map();
  const wanted = scoring.length > 0 ? limit * OVERFETCH : limit;
  const scores = toScores(await read(queries.SEARCH_TEXT, [matchAny(finding), wanted]));
  if (scoring.length === 0) return scores;
  // BM25 is a sum over terms, so the commoner terms' part can be added to each candidate.
  const added = toScores(
    await read(queries.SCORE_KEYS, [matchAny(scoring), JSON.stringify([...scores.keys()])]),
  );
  for (const [key, score] of added) scores.set(key, (scores.get(key) ?? 0) + score);
  return scores;
}

async function scoreWithin(
  read: Run,
  { documentIds, passageIds, limit }: TextQuery,
  frequencies: ReadonlyMap<string, number>,
): Promise<Scores> {
  const { finding } = chooseTerms(frequencies, { finding: RESTRICTED_BUDGET, scoring: 0 });
  const ids = documentIds ?? passageIds;
  if (finding.length === 0 || !ids || ids.size === 0) return new Map();
  const sql = documentIds ? queries.SEARCH_TEXT_IN_DOCUMENTS : queries.SEARCH_TEXT_IN_PASSAGES;
  return toScores(await read(sql, [matchAny(finding), limit, JSON.stringify([...ids])]));
}

function toScores(rows: readonly { readonly [column: string]: unknown }[]): Scores {
  return new Map(rows.map(({ key, score }) => [Number(key), Number(score)]));
}

async function toMatches(read: Run, scores: Scores, limit: number): Promise<TextMatch[]> {
  const best = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, limit);
  const rows = await read(queries.SELECT_IDS_OF_KEYS, [JSON.stringify(best.map(([key]) => key))]);
  const ids = new Map(rows.map(({ key, id }) => [Number(key), String(id)]));
  return best.flatMap(([key, score]) => {
    const passageId = ids.get(key);
    return passageId === undefined ? [] : [{ passageId, score }];
  });
}
