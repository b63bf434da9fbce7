import type { LogisticModel } from '../logistic.ts';
import type { QuestionFeature } from '../question-features.ts';

/** Weights of the calibrated confidence, written by `npm run fit` (eval/fit). */
export const CONFIDENCE_MODEL: LogisticModel<QuestionFeature> = {
  bias: -6.9005,
  weights: {
    bestLogit: 0.2355,
    sentenceCosine: 6.5776,
    sentenceMargin: 1.7672,
    passageCosine: 3.0899,
    cosineMargin: 0.7647,
    contextCoverage: 1.0948,
    passageCoverage: 0.8739,
    rarestMissing: 0.0256,
    entityCoverage: 0.4436,
    typeEvidence: 0.1331,
    questionLength: -0.7314,
  },
};
