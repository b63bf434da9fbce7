import type { LogisticModel } from '../logistic.ts';
import type { CloseQuestionFeature } from '../question-features.ts';

/** Weights of the calibrated confidence after close reading, written by `npm run fit:close` (eval/fit). */
export const CLOSE_CONFIDENCE_MODEL: LogisticModel<CloseQuestionFeature> = {
  bias: -2.1936,
  weights: {
    best: 0.2448,
    span: 0.0121,
    relevance: 0.3024,
    answerLength: 0.3465,
    offTheMatter: -12.4064,
    fewPassages: 0.5145,
    passageCosine: 1.5429,
    passageCosineOfFew: -0.7384,
    wordsUnanswered: -0.4934,
  },
};
