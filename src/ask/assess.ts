import type { PassageStore } from '../ports/passage-store.ts';
import { CONFIDENCE_MODEL } from './confidence-model.ts';
import { LEXICAL_MODEL } from './lexical-model.ts';
import { logit, sigmoid } from './logistic.ts';
import { analyseQuestion, type Question } from './question.ts';
import { questionFeatures } from './question-features.ts';
import { rerank } from './rerank.ts';
import type { Candidate, Retrieval } from './retrieve.ts';
import { type ScoredSentence, scoreSentences } from './score-sentences.ts';
import { type ReadSentence, readSentences } from './sentence-features.ts';
import { contentTerms } from './terms.ts';

/** What reading the retrieved passages came to. */
export interface Assessment {
  /** Ranked anew by what their sentences offer. */
  readonly candidates: readonly Candidate[];
  /** Best first. */
  readonly sentences: readonly ScoredSentence[];
  /** Calibrated probability in [0, 1] that the documents answer the question. */
  readonly confidence: number;
}

/** Confidence is a probability: from here on an answer is likelier to be there than not. */
export const ANSWER_FROM = 0.5;
/** Passages read sentence by sentence. */
export const PASSAGES_READ = 12;

/** Reads the best passages against the question and says how likely they are to answer it. */
export async function assess(
  store: PassageStore,
  questionText: string,
  retrieval: Retrieval,
): Promise<Assessment> {
  if (retrieval.candidates.length === 0) return { candidates: [], sentences: [], confidence: 0 };
  const question = await weighQuestion(store, questionText);
  const sentences = scoreSentences(readPassages(question, retrieval));
  const features = questionFeatures(question, retrieval, sentences);
  const logOdds = retrieval.queryVector ? logit(CONFIDENCE_MODEL, features) : logit(LEXICAL_MODEL, features);
  return { candidates: rerank(retrieval.candidates, sentences), sentences, confidence: sigmoid(logOdds) };
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
