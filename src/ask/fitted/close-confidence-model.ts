import type { LogisticModel } from '../logistic.ts';
import type { CloseQuestionFeature } from '../question-features.ts';

/** Weights of the calibrated confidence after close reading, written by `npm run fit:close` (eval/fit). */
export const CLOSE_CONFIDENCE_MODEL: LogisticModel<CloseQuestionFeature> = {
  bias: -8.0795,
  weights: {
    best: 0.4146,
    span: 0.0855,
    relevance: 0.2376,
    sentenceCosine: 14.1492,
  },
};
