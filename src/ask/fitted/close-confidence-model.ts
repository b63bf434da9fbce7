import type { LogisticModel } from '../logistic.ts';
import type { CloseQuestionFeature } from '../question-features.ts';

/** Weights of the calibrated confidence after close reading, written by `npm run fit:close` (eval/fit). */
export const CLOSE_CONFIDENCE_MODEL: LogisticModel<CloseQuestionFeature> = {
  bias: -2.1498,
  weights: {
    best: 0.3746,
    span: 0.0234,
    relevance: 0.1818,
    answerLength: 0.3434,
    offTheMatter: -12.4428,
    fewPassages: 0.4384,
    passageCosine: 1.5416,
    passageCosineOfFew: -0.4632,
    wordsUnanswered: -0.1194,
    yesOrNo: 0.5201,
  },
};
