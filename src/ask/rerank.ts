import type { Candidate } from './retrieve.ts';
import type { ReadSentence } from './sentence-features.ts';

/**
 * Shares of the reranked score, which add up to 1: a logistic fit on samples of squad2, nq_gold and clapnq, made once by a
 * script that is not kept. docs/quality.md says how far its gain carries to sets it has not seen.
 */
const SHARES = {
  passageCosine: 0.44,
  passageLexical: 0.126,
  sentenceCosine: 0.295,
  contextCoverage: 0.088,
  pairs: 0.051,
} as const;

/**
 * Ranks passages anew by the best that any of their sentences offers. `sentences` are those of the first candidates; the
 * candidates that were not read follow in the order they had.
 */
export function rerank(candidates: readonly Candidate[], sentences: readonly ReadSentence[]): Candidate[] {
  const scores = new Map<Candidate, number>();
  for (const { candidate, features } of sentences) {
    const best = scores.get(candidate) ?? 0;
    scores.set(candidate, Math.max(best, evidence(features)));
  }
  const read = candidates
    .filter((candidate) => scores.has(candidate))
    .map((candidate) => ({ ...candidate, score: scores.get(candidate) ?? 0 }))
    .sort((a, b) => b.score - a.score);
  const lowest = read.at(-1)?.score ?? 1;
  const unread = candidates.filter((candidate) => !scores.has(candidate));
  return [
    ...read,
    ...unread.map((candidate) => ({ ...candidate, score: Math.min(candidate.score, lowest) })),
  ];
}

function evidence(features: ReadSentence['features']): number {
  const names = Object.keys(SHARES) as (keyof typeof SHARES)[];
  const sum = names.reduce((total, name) => total + SHARES[name] * features[name], 0);
  return Math.min(1, Math.max(0, sum));
}
