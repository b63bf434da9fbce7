import type { LogisticModel } from '../logistic.ts';
import type { CloseQuestionFeature } from '../question-features.ts';

/** Weights of the calibrated confidence after close reading, written by `npm run fit:close` (eval/fit). */
export const CLOSE_CONFIDENCE_MODEL: LogisticModel<CloseQuestionFeature> = {
  bias: -2.4061,
  weights: {
    best: 0.2315,
    span: 0.0541,
    relevance: 0.2688,
    answerLength: 0.4288,
    offTheMatter: -12.0215,
    fewPassages: 0.4929,
    passageCosine: 1.6818,
    passageCosineOfFew: -0.8459,
  },
};
