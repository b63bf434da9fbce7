import type { Features } from './logistic.ts';
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
  | 'onTheMatter';

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
export type CloseQuestionFeature = 'best' | 'span' | 'relevance' | 'onTheMatter';

/** Log-odds that stand for "no sentence to read". */
const NOTHING_READ = -10;
/**
 * A sentence nearer than this is on the matter, and so is one that holds all words of the question, which a short one's vector
 * does not tell; whether it answers, only close reading tells.
 */
const ON_THE_MATTER = 0.55;

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
    onTheMatter: onTheMatter(nearest, best),
  };
}

/** The same once `sentences` (best first) are scored by what close reading made of them. */
export function closeQuestionFeatures(
  { sentenceCosine }: Features<QuestionFeature>,
  sentences: readonly ScoredSentence[],
  readings: CloseReadings,
): Features<CloseQuestionFeature> {
  const read = [...readings.values()];
  return {
    best: sentences[0]?.logOdds ?? NOTHING_READ,
    span: Math.max(NOTHING_READ, ...read.map(({ span }) => span)),
    relevance: Math.max(NOTHING_READ, ...read.map(({ relevance }) => relevance)),
    onTheMatter: onTheMatter(sentenceCosine, sentences[0]),
  };
}

function onTheMatter(nearest: number, best: ScoredSentence | undefined): number {
  const byWords = ON_THE_MATTER * (best?.features.contextCoverage ?? 0);
  return Math.min(Math.max(nearest, byWords), ON_THE_MATTER);
}

/** Weight of the most telling question word that the passage lacks, over the most telling word's weight. */
function rarestMissing(question: Question, stems: ReadonlySet<string>): number {
  const weights = [...question.weights];
  const heaviest = Math.max(...weights.map(([, weight]) => weight), Number.EPSILON);
  const missing = weights.filter(([stem]) => !stems.has(stem)).map(([, weight]) => weight);
  return Math.max(0, ...missing) / heaviest;
}
