import type { LogisticModel } from '../logistic.ts';
import type { CloseQuestionFeature } from '../question-features.ts';

/** Weights of the calibrated confidence after close reading, written by `npm run fit:close` (eval/fit). */
export const CLOSE_CONFIDENCE_MODEL: LogisticModel<CloseQuestionFeature> = {
  bias: -1.8197,
  weights: {
    best: 0.3704,
    span: 0.0633,
    relevance: 0.2448,
    answerLength: 0.5469,
    offTheMatter: -16.2706,
  },
};
