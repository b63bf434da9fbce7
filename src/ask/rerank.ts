import type { Features } from './logistic.ts';
import type { CloseReadings } from './read-closely.ts';
import type { Candidate } from './retrieve.ts';
import type { ReadSentence } from './sentence-features.ts';

/**
 * Shares of a sentence's evidence, which add up to 1: a logistic fit on samples of squad2, nq_gold and clapnq, made once by
 * a script that is not kept. docs/quality.md says how far its gain carries to sets it has not seen.
 */
const SHARES = {
  passageCosine: 0.44,
  passageLexical: 0.126,
  sentenceCosine: 0.295,
  contextCoverage: 0.088,
  pairs: 0.051,
} as const;
/**
 * What close reading may add, and the log-odds at which it adds all of it. Chosen on nq_gold and squad2 (questions that the
 * cross-encoder has not seen), musique100 and mtrag together: where an answer needs several passages, none of them answers
 * alone, so an unlikely passage loses nothing by being read.
 */
const RELEVANCE = { share: 0.1, full: 5 } as const;

/**
 * Ranks passages anew by the best that any of their sentences offers, and by what close reading made of them. `sentences`
 * are those of the first candidates; the candidates that were not read follow in the order they had.
 */
export function rerank(
  candidates: readonly Candidate[],
  sentences: readonly ReadSentence[],
  readings?: CloseReadings,
): Candidate[] {
  const scores = scorePassages(sentences, readings);
  const read = candidates
    .flatMap((candidate) => {
      const score = scores.get(candidate);
      if (score === undefined) return [];
      return [{ ...candidate, score: Math.min(1, score + candidate.named) }];
    })
    .sort((a, b) => b.score - a.score);
  const lowest = read.at(-1)?.score ?? 1;
  const unread = candidates.filter((candidate) => !scores.has(candidate));
  return [
    ...read,
    ...unread.map((candidate) => ({ ...candidate, score: Math.min(candidate.score, lowest) })),
  ];
}

/** For each passage that was read the best that any of its sentences offers, in [0, 1]. */
function scorePassages(
  sentences: readonly ReadSentence[],
  readings: CloseReadings | undefined,
): Map<Candidate, number> {
  const scores = new Map<Candidate, number>();
  for (const sentence of sentences) {
    const evidence = evidenceOf(sentence.features);
    const score = readings ? withRelevance(evidence, readings.get(sentence)?.relevance ?? 0) : evidence;
    scores.set(sentence.candidate, Math.max(scores.get(sentence.candidate) ?? 0, score));
  }
  return scores;
}

function withRelevance(evidence: number, relevance: number): number {
  const sure = Math.min(1, Math.max(0, relevance / RELEVANCE.full));
  return (evidence + RELEVANCE.share * sure) / (1 + RELEVANCE.share);
}

function evidenceOf(features: Features<keyof typeof SHARES>): number {
  const names = Object.keys(SHARES) as (keyof typeof SHARES)[];
  const sum = names.reduce((total, name) => total + SHARES[name] * features[name], 0);
  return Math.min(1, Math.max(0, sum));
}
