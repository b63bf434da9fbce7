import type { LogisticModel } from './logistic.ts';
import type { QuestionFeature } from './question-features.ts';

/** Weights of the calibrated confidence, written by `npm run fit` (eval/fit). */
export const CONFIDENCE_MODEL: LogisticModel<QuestionFeature> = {
  bias: -6.6771,
  weights: {
    bestLogit: 0.3138,
    sentenceCosine: 6.8687,
    passageCosine: 2.4346,
    cosineMargin: 1.847,
    contextCoverage: 1.0892,
    passageCoverage: 0.8263,
    rarestMissing: 0.1139,
    entityCoverage: 0.3652,
    typeEvidence: 0.1724,
    questionLength: -0.5384,
  },
};
