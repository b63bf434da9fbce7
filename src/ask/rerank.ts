import { CLOSE_PASSAGE_MODEL } from './fitted/close-passage-model.ts';
import { PASSAGE_MODEL } from './fitted/passage-model.ts';
import { type Features, logit, sigmoid } from './logistic.ts';
import type { CloseReadings } from './read-closely.ts';
import type { Candidate } from './retrieve.ts';
import type { ReadSentence } from './sentence-features.ts';

export type PassageFeature =
  | 'passageCosine'
  | 'passageLexical'
  | 'sentenceCosine'
  | 'contextCoverage'
  | 'pairs';
export type ClosePassageFeature = PassageFeature | 'span' | 'relevance';

/** A read passage as ranking sees it; `close` when some of it was read closely. */
export interface PassageEvidence {
  readonly candidate: Candidate;
  readonly features: Features<PassageFeature>;
  readonly close?: Features<ClosePassageFeature>;
}

/**
 * Ranks passages anew by the best that their sentences offer: the score is the probability that a passage answers.
 * `sentences` are those of the first candidates; the candidates that were not read follow in the order they had.
 */
export function rerank(
  candidates: readonly Candidate[],
  sentences: readonly ReadSentence[],
  readings: CloseReadings = new Map(),
): Candidate[] {
  const read = passageEvidence(sentences, readings)
    .map((evidence) => ({ ...evidence.candidate, score: sigmoid(logOddsOf(evidence)) }))
    .sort((a, b) => b.score - a.score);
  const known = new Set(read.map(({ stored }) => stored));
  const lowest = read.at(-1)?.score ?? 1;
  const unread = candidates.filter(({ stored }) => !known.has(stored));
  return [
    ...read,
    ...unread.map((candidate) => ({ ...candidate, score: Math.min(candidate.score, lowest) })),
  ];
}

/** What speaks for each passage that was read, in the order of its first sentence. */
export function passageEvidence(
  sentences: readonly ReadSentence[],
  readings: CloseReadings,
): PassageEvidence[] {
  const byCandidate = new Map<Candidate, ReadSentence[]>();
  for (const sentence of sentences)
    byCandidate.set(sentence.candidate, [...(byCandidate.get(sentence.candidate) ?? []), sentence]);
  return [...byCandidate].map(([candidate, own]) => {
    const features = featuresOf(own);
    const close = own.flatMap((sentence) => readings.get(sentence) ?? []);
    if (close.length === 0) return { candidate, features };
    const span = Math.max(...close.map((each) => each.span));
    const relevance = Math.max(...close.map((each) => each.relevance));
    return { candidate, features, close: { ...features, span, relevance } };
  });
}

function logOddsOf({ features, close }: PassageEvidence): number {
  return close ? logit(CLOSE_PASSAGE_MODEL, close) : logit(PASSAGE_MODEL, features);
}

/** Of several sentences the best in each respect. */
function featuresOf(sentences: readonly ReadSentence[]): Features<PassageFeature> {
  const best = (name: PassageFeature) => Math.max(...sentences.map(({ features }) => features[name]));
  return {
    passageCosine: best('passageCosine'),
    passageLexical: best('passageLexical'),
    sentenceCosine: best('sentenceCosine'),
    contextCoverage: best('contextCoverage'),
    pairs: best('pairs'),
  };
}
