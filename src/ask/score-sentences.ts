import { logit } from './logistic.ts';
import type { ReadSentence } from './sentence-features.ts';
import { SENTENCE_MODEL } from './sentence-model.ts';

export interface ScoredSentence extends ReadSentence {
  /** Log-odds that this sentence answers the question. */
  readonly logOdds: number;
}

/** Scores sentences as answers, best first. */
export function scoreSentences(sentences: readonly ReadSentence[]): ScoredSentence[] {
  return sentences
    .map((sentence) => ({ ...sentence, logOdds: logit(SENTENCE_MODEL, sentence.features) }))
    .sort((a, b) => b.logOdds - a.logOdds);
}
