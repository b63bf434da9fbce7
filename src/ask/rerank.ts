import { CLOSE_PASSAGE_MODEL } from './fitted/close-passage-model.ts';
import { PASSAGE_MODEL } from './fitted/passage-model.ts';
import { type Features, logit, sigmoid } from './logistic.ts';
import type { CloseReadings } from './read-closely.ts';
import type { Candidate } from './retrieve.ts';
import type { ReadSentence } from './sentence-features.ts';

export type PassageFeature = 'evidence';
export type ClosePassageFeature = PassageFeature | 'relevance';

/** A read passage as ranking sees it. */
export interface PassageEvidence {
  readonly candidate: Candidate;
  /** The best that any of its sentences offers, in [0, 1]. */
  readonly evidence: number;
  /** Log-odds that it answers, of the part that was read closely; missing when none was. */
  readonly relevance?: number;
}

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
 * Ranks passages anew by the best that any of their sentences offers, and by what close reading made of them. `sentences`
 * are those of the first candidates; the candidates that were not read follow in the order they had.
 */
export function rerank(
  candidates: readonly Candidate[],
  sentences: readonly ReadSentence[],
  readings?: CloseReadings,
): Candidate[] {
  const scoreOf = readings === undefined ? ({ evidence }: PassageEvidence) => evidence : probabilityOf;
  const read = passageEvidence(sentences, readings)
    .map((passage) => ({ ...passage.candidate, score: scoreOf(passage) }))
    .sort((a, b) => b.score - a.score);
  const known = new Set(read.map(({ stored }) => stored));
  const lowest = read.at(-1)?.score ?? 1;
  const unread = candidates.filter(({ stored }) => !known.has(stored));
  return [
    ...read,
    ...unread.map((candidate) => ({ ...candidate, score: Math.min(candidate.score, lowest) })),
  ];
}

/** What speaks for each passage that was read. */
export function passageEvidence(
  sentences: readonly ReadSentence[],
  readings: CloseReadings = new Map(),
): PassageEvidence[] {
  const byCandidate = new Map<Candidate, ReadSentence[]>();
  for (const sentence of sentences)
    byCandidate.set(sentence.candidate, [...(byCandidate.get(sentence.candidate) ?? []), sentence]);
  return [...byCandidate].map(([candidate, own]) => {
    const evidence = Math.max(...own.map(({ features }) => evidenceOf(features)));
    const close = own.flatMap((sentence) => readings.get(sentence)?.relevance ?? []);
    return { candidate, evidence, ...(close.length === 0 ? {} : { relevance: Math.max(...close) }) };
  });
}

/** Passages that were read closely are weighed by what that says too; both kinds by the same measure. */
function probabilityOf({ evidence, relevance }: PassageEvidence): number {
  if (relevance === undefined) return sigmoid(logit(PASSAGE_MODEL, { evidence }));
  return sigmoid(logit(CLOSE_PASSAGE_MODEL, { evidence, relevance }));
}

function evidenceOf(features: Features<keyof typeof SHARES>): number {
  const names = Object.keys(SHARES) as (keyof typeof SHARES)[];
  const sum = names.reduce((total, name) => total + SHARES[name] * features[name], 0);
  return Math.min(1, Math.max(0, sum));
}
