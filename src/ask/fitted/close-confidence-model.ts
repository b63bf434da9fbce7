import type { LogisticModel } from '../logistic.ts';
import type { CloseQuestionFeature } from '../question-features.ts';

/** Weights of the calibrated confidence after close reading, written by `npm run fit:close` (eval/fit). */
export const CLOSE_CONFIDENCE_MODEL: LogisticModel<CloseQuestionFeature> = {
  bias: -8.2239,
  weights: {
    best: 0.4045,
    span: 0.0673,
    relevance: 0.2404,
    sentenceCosine: 14.0294,
  },
};
