import { asksYesOrNo } from './answer-type.ts';
import { CLOSE_SENTENCE_MODEL } from './fitted/close-sentence-model.ts';
import { SENTENCE_MODEL } from './fitted/sentence-model.ts';
import { type Features, type LogisticModel, logit } from './logistic.ts';
import type { Question } from './question.ts';
import type { CloseReading, CloseReadings } from './read-closely.ts';
import type { ReadSentence } from './sentence-features.ts';

export interface ScoredSentence extends ReadSentence {
  /** Log-odds that this sentence answers the question. */
  readonly logOdds: number;
  /** Tokens that the answer in it takes; undefined where it was not read closely. */
  readonly answerLength?: number;
  /** Log-odds that the text around it answers; undefined likewise. */
  readonly relevance?: number;
}

export type CloseSentenceFeature =
  | 'glance'
  | 'span'
  | 'relevance'
  | 'cosine'
  | 'spanOfYesOrNo'
  | 'cosineOfYesOrNo';

/** Scores sentences as answers by their words and vectors, best first. */
export function scoreSentences(sentences: readonly ReadSentence[]): ScoredSentence[] {
  return sentences
    .map((sentence) => ({ ...sentence, logOdds: logit(SENTENCE_MODEL, sentence.features) }))
    .sort((a, b) => b.logOdds - a.logOdds);
}

/** Scores anew the sentences that were read closely, best first; those that were not follow, in the order they had. */
export function scoreSentencesRead(
  question: Question,
  glanced: readonly ScoredSentence[],
  readings: CloseReadings,
  model: LogisticModel<CloseSentenceFeature> = CLOSE_SENTENCE_MODEL,
): ScoredSentence[] {
  const read: ScoredSentence[] = [];
  const unread: ScoredSentence[] = [];
  for (const sentence of glanced) {
    const reading = readings.get(sentence);
    if (reading === undefined) {
      unread.push(sentence);
      continue;
    }
    const { answerLength, relevance } = reading;
    const logOdds = logit(model, closeFeatures(question, sentence, reading));
    read.push({ ...sentence, logOdds, answerLength, relevance });
  }
  read.sort((a, b) => b.logOdds - a.logOdds);
  const lowest = read.at(-1)?.logOdds ?? Number.POSITIVE_INFINITY;
  return [...read, ...unread.map((each) => ({ ...each, logOdds: Math.min(each.logOdds, lowest) }))];
}

/** What is known of a sentence once it was read closely. No words of it say yes or no, so a span and nearness weigh otherwise there. */
export function closeFeatures(
  { text }: Question,
  { logOdds, features: { sentenceCosine } }: ScoredSentence,
  { span, relevance }: CloseReading,
): Features<CloseSentenceFeature> {
  const yesOrNo = asksYesOrNo(text) ? 1 : 0;
  return {
    glance: logOdds,
    span,
    relevance,
    cosine: sentenceCosine,
    spanOfYesOrNo: span * yesOrNo,
    cosineOfYesOrNo: sentenceCosine * yesOrNo,
  };
}
