import type { LogisticModel } from '../logistic.ts';
import type { CloseQuestionFeature } from '../question-features.ts';

/** Weights of the calibrated confidence after close reading, written by `npm run fit:close` (eval/fit). */
export const CLOSE_CONFIDENCE_MODEL: LogisticModel<CloseQuestionFeature> = {
  bias: -8.4502,
  weights: {
    best: 0.3715,
    span: 0.0582,
    relevance: 0.257,
    onTheMatter: 13.7201,
  },
};
