import type { LogisticModel } from './logistic.ts';
import type { QuestionFeature } from './question-features.ts';

/** Weights of the calibrated confidence, written by `npm run fit` (eval/fit). */
export const CONFIDENCE_MODEL: LogisticModel<QuestionFeature> = {
  bias: -6.717,
  weights: {
    bestLogit: 0.2481,
    sentenceCosine: 6.6913,
    sentenceMargin: 1.4924,
    passageCosine: 3.0699,
    cosineMargin: 0.8811,
    contextCoverage: 1.1308,
    passageCoverage: 0.725,
    rarestMissing: 0.0297,
    entityCoverage: 0.4376,
    typeEvidence: 0.1251,
    questionLength: -0.7567,
  },
};
