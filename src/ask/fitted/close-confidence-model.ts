import type { LogisticModel } from '../logistic.ts';
import type { CloseQuestionFeature } from '../question-features.ts';

/** Weights of the calibrated confidence after close reading, written by `npm run fit:close` (eval/fit). */
export const CLOSE_CONFIDENCE_MODEL: LogisticModel<CloseQuestionFeature> = {
  bias: -9.4483,
  weights: {
    best: 0.2456,
    span: 0.1061,
    relevance: 0.1689,
    onTheMatter: 16.5922,
  },
};
