import type { LogisticModel } from './logistic.ts';
import type { QuestionFeature } from './question-features.ts';

/** Weights of the calibrated confidence, written by `npm run fit` (eval/fit). */
export const CONFIDENCE_MODEL: LogisticModel<QuestionFeature> = {
  bias: -6.8885,
  weights: {
    bestLogit: 0.2212,
    sentenceCosine: 6.6064,
    sentenceMargin: 1.8316,
    passageCosine: 3.1033,
    cosineMargin: 0.6847,
    contextCoverage: 1.1708,
    passageCoverage: 0.7466,
    rarestMissing: 0.0127,
    entityCoverage: 0.4618,
    typeEvidence: 0.1452,
    questionLength: -0.7389,
  },
};
