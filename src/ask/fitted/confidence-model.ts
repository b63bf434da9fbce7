import type { LogisticModel } from '../logistic.ts';
import type { QuestionFeature } from '../question-features.ts';

/** Weights of the calibrated confidence, written by `npm run fit` (eval/fit). */
export const CONFIDENCE_MODEL: LogisticModel<QuestionFeature> = {
  bias: -4.0246,
  weights: {
    bestLogit: 0.2689,
    sentenceCosine: 5.958,
    sentenceMargin: 0.9531,
    passageCosine: 0.3029,
    cosineMargin: 0.2868,
    contextCoverage: 0.7591,
    passageCoverage: 0.5842,
    rarestMissing: -0.0263,
    entityCoverage: 0.2604,
    typeEvidence: -0.088,
    questionLength: -0.7087,
    offTheMatter: -14.5831,
  },
};
