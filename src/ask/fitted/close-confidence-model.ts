import type { LogisticModel } from '../logistic.ts';
import type { CloseQuestionFeature } from '../question-features.ts';

/** Weights of the calibrated confidence after close reading, written by `npm run fit:close` (eval/fit). */
export const CLOSE_CONFIDENCE_MODEL: LogisticModel<CloseQuestionFeature> = {
  bias: -8.3857,
  weights: {
    best: 0.288,
    span: 0.1001,
    relevance: 0.1857,
    sentenceCosine: 14.6244,
  },
};
