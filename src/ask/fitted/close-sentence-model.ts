import type { LogisticModel } from '../logistic.ts';
import type { CloseSentenceFeature } from '../score-sentences.ts';

/** Weights of a sentence as an answer, read closely, written by `npm run fit:close` (eval/fit). */
export const CLOSE_SENTENCE_MODEL: LogisticModel<CloseSentenceFeature> = {
  bias: -0.0092,
  weights: {
    glance: 0.3766,
    span: 0.2089,
    relevance: -0.1166,
    cosine: 0.8888,
    spanOfYesOrNo: 0.1472,
    cosineOfYesOrNo: 1.299,
  },
};
