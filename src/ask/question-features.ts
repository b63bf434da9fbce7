import { typeEvidence } from './answer-type.ts';
import type { Features } from './logistic.ts';
import type { Question } from './question.ts';
import type { Retrieval } from './retrieve.ts';
import type { ScoredSentence } from './score-sentences.ts';
import { share } from './sentence-features.ts';
import { termsOf } from './terms.ts';

export type QuestionFeature =
  | 'bestLogit'
  | 'bestSentenceCosine'
  | 'bestPassageCosine'
  | 'cosineMargin'
  | 'topScore'
  | 'coverage'
  | 'contextCoverage'
  | 'passageCoverage'
  | 'rarestMissing'
  | 'entityCoverage'
  | 'typeEvidence'
  | 'pairs'
  | 'agreement'
  | 'brevity';

/** What is known of a question once its sentences are scored (best first): the ground for deciding to answer. */
export function questionFeatures(
  question: Question,
  retrieval: Retrieval,
  sentences: readonly ScoredSentence[],
): Features<QuestionFeature> {
  const best = sentences[0];
  const { candidates } = retrieval;
  const cosines = candidates.map((candidate) => candidate.cosine).sort((a, b) => b - a);
  const top = cosines[0] ?? 0;
  const passageStems = new Set(termsOf(best?.candidate.stored.passage.text ?? '').map((term) => term.stem));
  return {
    bestLogit: best?.logOdds ?? -10,
    bestSentenceCosine: best?.features.sentenceCosine ?? 0,
    bestPassageCosine: best?.features.passageCosine ?? 0,
    cosineMargin: top - (cosines[Math.min(9, cosines.length - 1)] ?? top),
    topScore: candidates[0]?.score ?? 0,
    coverage: best?.features.coverage ?? 0,
    contextCoverage: best?.features.contextCoverage ?? 0,
    passageCoverage: best?.features.passageCoverage ?? 0,
    rarestMissing: rarestMissing(question, passageStems),
    entityCoverage: share(question.entities, (stem) => passageStems.has(stem)),
    typeEvidence: best === undefined ? 0 : typeEvidence(question.type, best.text, question.words),
    pairs: best?.features.pairs ?? 0,
    agreement: best !== undefined && best.candidate === candidates[0] ? 1 : 0,
    brevity: question.weights.size <= 2 ? 1 : 0,
  };
}

/** Weight of the most telling question word that the passage lacks, over the most telling word's weight. */
function rarestMissing(question: Question, stems: ReadonlySet<string>): number {
  const weights = [...question.weights];
  const heaviest = Math.max(...weights.map(([, weight]) => weight), Number.EPSILON);
  const missing = weights.filter(([stem]) => !stems.has(stem)).map(([, weight]) => weight);
  return Math.max(0, ...missing) / heaviest;
}
