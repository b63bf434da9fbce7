import { asksYesOrNo } from './answer-type.ts';
import { type Features, sigmoid } from './logistic.ts';
import type { Question } from './question.ts';
import type { CloseReadings } from './read-closely.ts';
import type { Retrieval } from './retrieve.ts';
import type { ScoredSentence } from './score-sentences.ts';
import { termsOf } from './terms.ts';

export type QuestionFeature =
  | 'bestLogit'
  | 'sentenceCosine'
  | 'sentenceMargin'
  | 'passageCosine'
  | 'cosineMargin'
  | 'contextCoverage'
  | 'passageCoverage'
  | 'rarestMissing'
  | 'entityCoverage'
  | 'typeEvidence'
  | 'questionLength'
  | 'offTheMatter';

/** What is left of them without a query vector. */
export type LexicalFeature = Extract<
  QuestionFeature,
  | 'contextCoverage'
  | 'passageCoverage'
  | 'rarestMissing'
  | 'entityCoverage'
  | 'typeEvidence'
  | 'questionLength'
>;

/** What the confidence is made of after close reading. */
export type CloseQuestionFeature =
  | 'best'
  | 'span'
  | 'relevance'
  | 'answerLength'
  | 'offTheMatter'
  | 'fewPassages'
  | 'passageCosine'
  | 'passageCosineOfFew'
  | 'wordsUnanswered'
  | 'yesOrNo';

/** Log-odds that stand for "no sentence to read". */
const NOTHING_READ = -10;
/**
 * A sentence nearer than this is on the matter, and so is one that holds all words of the question, which a short one's vector
 * does not tell; whether it answers, only close reading tells. Cosines: the nearest of few passages is farther from any
 * question than the nearest of many. Of questions on something else 95 % came no nearer than .29 to one topic's 45 passages,
 * than .51 to .58 to 600 and more.
 */
const ON_THE_MATTER = { ofMany: 0.55, lessPerEFold: 0.06, atLeast: 0.3 } as const;
/** Below this log-odds of the best span, it is likelier than not that nothing answers. */
const UNANSWERED_BELOW = 2;
/** From so many passages on, how many more there are tells nothing of how near one comes by chance. */
const MANY_PASSAGES = 600;

/** What is known of a question once its sentences are scored (best first): the ground for deciding to answer. */
export function questionFeatures(
  question: Question,
  retrieval: Retrieval,
  sentences: readonly ScoredSentence[],
): Features<QuestionFeature> {
  const best = sentences[0];
  const cosines = retrieval.candidates.map((candidate) => candidate.cosine).sort((a, b) => b - a);
  const [first = 0, second = first] = cosines;
  const sentenceCosines = sentences.map((sentence) => sentence.features.sentenceCosine);
  const nearest = Math.max(0, ...sentenceCosines);
  const usual =
    sentenceCosines.reduce((sum, cosine) => sum + cosine, 0) / Math.max(1, sentenceCosines.length);
  const passageStems = new Set(termsOf(best?.source.passage.text ?? '').map((term) => term.stem));
  return {
    bestLogit: best?.logOdds ?? NOTHING_READ,
    sentenceCosine: nearest,
    sentenceMargin: nearest - usual,
    passageCosine: first,
    cosineMargin: first - second,
    contextCoverage: best?.features.contextCoverage ?? 0,
    passageCoverage: Math.max(0, ...sentences.map((sentence) => sentence.features.passageCoverage)),
    rarestMissing: rarestMissing(question, passageStems),
    entityCoverage: best?.features.entityCoverage ?? 0,
    typeEvidence: best?.features.typeEvidence ?? 0,
    questionLength: Math.log1p(question.weights.size),
    offTheMatter: offTheMatter(question, nearest, best),
  };
}

/** The same once `sentences` (best first) are scored by what close reading made of them. */
export function closeQuestionFeatures(
  question: Question,
  { sentenceCosine }: Features<QuestionFeature>,
  sentences: readonly ScoredSentence[],
  readings: CloseReadings,
): Features<CloseQuestionFeature> {
  const best = sentences[0];
  const fewPassages = fewness(question);
  const passageCosine = best?.features.passageCosine ?? 0;
  const contextCoverage = best?.features.contextCoverage ?? 0;
  const span = Math.max(NOTHING_READ, ...[...readings.values()].map((reading) => reading.span));
  return {
    best: best?.logOdds ?? NOTHING_READ,
    span,
    relevance: best?.relevance ?? NOTHING_READ,
    answerLength: Math.log1p(best?.answerLength ?? 0),
    offTheMatter: offTheMatter(question, sentenceCosine, best),
    fewPassages,
    passageCosine,
    // How near a passage comes tells much among many, and little among few, each of which is far from most wordings.
    passageCosineOfFew: passageCosine * fewPassages,
    // Few passages on one matter have the words of most questions on it: the more of them stand where nothing answers, the
    // surer it is another's fact.
    wordsUnanswered: contextCoverage * question.weights.size * fewPassages * sigmoid(UNANSWERED_BELOW - span),
    // No words of a text say yes or no: where one of them is asked for, what was read looks less like an answer than it is.
    yesOrNo: asksYesOrNo(question.text) ? 1 : 0,
  };
}

/** How far the nearest sentence stays behind those that are on the matter; 0 when it is one of them. */
function offTheMatter(question: Question, nearest: number, best: ScoredSentence | undefined): number {
  const { ofMany, lessPerEFold, atLeast } = ON_THE_MATTER;
  const from = Math.max(atLeast, ofMany - lessPerEFold * fewness(question));
  return from - Math.min(from, Math.max(nearest, from * (best?.features.contextCoverage ?? 0)));
}

/** By how many e-folds the passages are fewer than many; 0 when they are not. */
function fewness({ passages }: Question): number {
  return Math.log(MANY_PASSAGES / Math.max(1, Math.min(passages, MANY_PASSAGES)));
}

/** Weight of the most telling question word that the passage lacks, over the most telling word's weight. */
function rarestMissing(question: Question, stems: ReadonlySet<string>): number {
  const weights = [...question.weights];
  const heaviest = Math.max(...weights.map(([, weight]) => weight), Number.EPSILON);
  const missing = weights.filter(([stem]) => !stems.has(stem)).map(([, weight]) => weight);
  return Math.max(0, ...missing) / heaviest;
}
