import type { LogisticModel } from '../logistic.ts';
import type { QuestionFeature } from '../question-features.ts';

/** Weights of the calibrated confidence, written by `npm run fit` (eval/fit). */
export const CONFIDENCE_MODEL: LogisticModel<QuestionFeature> = {
  bias: -9.2513,
  weights: {
    bestLogit: 0.2993,
    sentenceCosine: 6.6581,
    sentenceMargin: 0.8304,
    passageCosine: 0.1611,
    cosineMargin: 0.3727,
    contextCoverage: 0.7824,
    passageCoverage: 0.688,
    rarestMissing: -0.0177,
    entityCoverage: 0.1923,
    typeEvidence: -0.1121,
    questionLength: -0.726,
    onTheMatter: 8.868,
  },
};
