import type { LogisticModel } from '../logistic.ts';
import type { CloseQuestionFeature } from '../question-features.ts';

/** Weights of the calibrated confidence after close reading, written by `npm run fit:close` (eval/fit). */
export const CLOSE_CONFIDENCE_MODEL: LogisticModel<CloseQuestionFeature> = {
  bias: -4.4363,
  weights: {
    best: 0.3691,
    span: 0.0867,
    relevance: 0.2171,
    sentenceCosine: 4.8683,
    passageCosine: 3.3009,
    rarestMissing: -0.2229,
    entityCoverage: -0.573,
  },
};
