import type { LogisticModel } from '../logistic.ts';
import type { CloseQuestionFeature } from '../question-features.ts';

/** Weights of the calibrated confidence after close reading, written by `npm run fit:close` (eval/fit). */
export const CLOSE_CONFIDENCE_MODEL: LogisticModel<CloseQuestionFeature> = {
  bias: -1.4504,
  weights: {
    best: 0.4906,
    span: 0.0243,
    relevance: 0.2703,
    answerLength: 0.349,
    offTheMatter: -17.3809,
  },
};
