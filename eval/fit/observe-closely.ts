import { PASSAGES_READ, readPassages, weighQuestion } from '../../src/ask/assess.ts';
import type { Features } from '../../src/ask/logistic.ts';
import type { Question } from '../../src/ask/question.ts';
import { type QuestionFeature, questionFeatures } from '../../src/ask/question-features.ts';
import { type CloseReadings, readClosely } from '../../src/ask/read-closely.ts';
import { type RetrieveDeps, retrieve } from '../../src/ask/retrieve.ts';
import { type ScoredSentence, scoreSentences } from '../../src/ask/score-sentences.ts';
import type { CrossEncoder } from '../../src/ports/cross-encoder.ts';
import type { EvalCase } from '../datasets/eval-dataset.ts';
import { holdsGold, lighten } from './observe.ts';

/** A question asked of a corpus and read closely: all that the models after close reading see, and what they should say. */
export interface CloseObservation {
  /** Groups that are balanced against each other, e.g. `squad2` or `squad2, off topic`. */
  readonly group: string;
  readonly answerable: boolean;
  readonly question: Question;
  readonly features: Features<QuestionFeature>;
  /** Best first, as they were chosen for close reading. */
  readonly glanced: readonly ScoredSentence[];
  readonly readings: CloseReadings;
  /** Sentences that hold a gold span. */
  readonly gold: ReadonlySet<ScoredSentence>;
}

/** Asks one question as the service does, up to the point where the models after close reading decide. */
export async function observeClosely(
  deps: RetrieveDeps & { readonly crossEncoder: CrossEncoder },
  evalCase: EvalCase,
  { group, answerable }: { group: string; answerable: boolean },
): Promise<CloseObservation> {
  const text = evalCase.rewrite ?? evalCase.question;
  const retrieval = await retrieve(deps, { query: text, limit: PASSAGES_READ });
  const question = await weighQuestion(deps.store, text);
  const glanced = scoreSentences(readPassages(question, retrieval)).map(lighten);
  const readings = await readClosely(deps.crossEncoder, text, glanced);
  const gold = new Set(glanced.filter((sentence) => answerable && holdsGold(sentence, evalCase)));
  return {
    ...{ group, answerable, question, glanced, readings, gold },
    features: questionFeatures(question, retrieval, glanced),
  };
}
