import type { LogisticModel } from '../logistic.ts';
import type { CloseQuestionFeature } from '../question-features.ts';

/** Weights of the calibrated confidence after close reading, written by `npm run fit:close` (eval/fit). */
export const CLOSE_CONFIDENCE_MODEL: LogisticModel<CloseQuestionFeature> = {
  bias: -8.4976,
  weights: {
    best: 0.3842,
    span: 0.0538,
    relevance: 0.2528,
    onTheMatter: 13.8286,
  },
};
