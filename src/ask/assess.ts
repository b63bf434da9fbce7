import type { CrossEncoder } from '../ports/cross-encoder.ts';
import type { PassageStore } from '../ports/passage-store.ts';
import { CLOSE_CONFIDENCE_MODEL } from './fitted/close-confidence-model.ts';
import { CONFIDENCE_MODEL } from './fitted/confidence-model.ts';
import { LEXICAL_MODEL } from './fitted/lexical-model.ts';
import { logit, sigmoid } from './logistic.ts';
import { analyseQuestion, type Question } from './question.ts';
import { closeQuestionFeatures, questionFeatures } from './question-features.ts';
import { type CloseReadings, readClosely } from './read-closely.ts';
import { rerank } from './rerank.ts';
import type { Candidate, Retrieval } from './retrieve.ts';
import { type ScoredSentence, scoreSentences, scoreSentencesRead } from './score-sentences.ts';
import { type ReadSentence, readSentences } from './sentence-features.ts';
import { contentTerms } from './terms.ts';

export interface AssessDeps {
  readonly store: PassageStore;
  /** Reads the most promising sentences closely; without one, their words and vectors decide. */
  readonly crossEncoder?: CrossEncoder;
}

/** What reading the retrieved passages came to. */
export interface Assessment {
  /** Ranked anew by what their sentences offer. */
  readonly candidates: readonly Candidate[];
  /** Best first. */
  readonly sentences: readonly ScoredSentence[];
  /** Calibrated probability in [0, 1] that the documents answer the question. */
  readonly confidence: number;
}

/**
 * Confidence from which a question is answered: a probability, of about one in six after close reading. An answer that proves
 * itself by its quotes may be less likely than not: whoever reads it sees whether it is one, and no one sees what a
 * needless decline withheld. Words and vectors alone tell the two apart less well, so they must be surer.
 */
export const ANSWER_FROM = { readClosely: 0.167, glanced: 0.45 } as const;
/** Passages read sentence by sentence. */
export const PASSAGES_READ = 12;

/**
 * Reads the best passages against the question and says how likely they are to answer it. A follow-up's are
 * ranked without close reading, which knows one of the wordings that found them, and that one may be completed amiss.
 */
export async function assess(
  deps: AssessDeps,
  questionText: string,
  retrieval: Retrieval,
  { isFollowUp = false }: { readonly isFollowUp?: boolean } = {},
): Promise<Assessment> {
  if (retrieval.candidates.length === 0) return { candidates: [], sentences: [], confidence: 0 };
  const question = await weighQuestion(deps.store, questionText);
  const glanced = scoreSentences(readPassages(question, retrieval));
  const readings = await readWherePossible(deps, question, retrieval, glanced);
  const features = questionFeatures(question, retrieval, glanced);
  if (readings === undefined) {
    const model = retrieval.queryVector ? CONFIDENCE_MODEL : LEXICAL_MODEL;
    const candidates = rerank(retrieval.candidates, glanced);
    return { candidates, sentences: glanced, confidence: sigmoid(logit(model, features)) };
  }
  const sentences = scoreSentencesRead(question, glanced, readings);
  const close = closeQuestionFeatures(question, features, sentences, readings);
  return {
    candidates: rerank(retrieval.candidates, glanced, isFollowUp ? undefined : readings),
    sentences,
    confidence: sigmoid(logit(CLOSE_CONFIDENCE_MODEL, close)),
  };
}

/** Takes a question apart, its words weighed by how rare they are in the store. */
export async function weighQuestion(store: PassageStore, text: string): Promise<Question> {
  const stems = contentTerms(text).map((term) => term.stem);
  const [frequencies, { passages }] = await Promise.all([
    store.documentFrequencies(stems),
    store.countDocuments(),
  ]);
  return analyseQuestion(text, { passages, frequencies });
}

/** The sentences of the best passages, measured against the question. */
export function readPassages(question: Question, retrieval: Retrieval): ReadSentence[] {
  return readSentences(question, retrieval.candidates.slice(0, PASSAGES_READ), retrieval.queryVector);
}

/** Undefined where nothing can be read closely: no model, or one that failed. What else is known must do then. */
async function readWherePossible(
  { crossEncoder }: AssessDeps,
  { text }: Question,
  { queryVector }: Retrieval,
  sentences: readonly ScoredSentence[],
): Promise<CloseReadings | undefined> {
  if (crossEncoder === undefined || queryVector === undefined || sentences.length === 0) return undefined;
  try {
    return await readClosely(crossEncoder, text, sentences);
  } catch {
    return undefined;
  }
}
