import type { LogisticModel } from './logistic.ts';
import type { QuestionFeature } from './question-features.ts';

/** Weights of the calibrated confidence, fitted by `eval/fit`. */
export const CONFIDENCE_MODEL: LogisticModel<QuestionFeature> = {
  bias: -4,
  weights: {
    bestLogit: 0.5,
    bestSentenceCosine: 2,
    bestPassageCosine: 3,
    cosineMargin: 1,
    topScore: 1,
    coverage: 0.5,
    contextCoverage: 1,
    passageCoverage: 1.5,
    rarestMissing: -1,
    entityCoverage: 0.5,
    typeEvidence: 0.5,
    pairs: 0.3,
    agreement: 0.2,
    brevity: 0,
  },
};
