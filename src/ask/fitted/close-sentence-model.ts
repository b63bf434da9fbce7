import type { LogisticModel } from '../logistic.ts';
import type { CloseSentenceFeature } from '../score-sentences.ts';

/** Weights of a sentence as an answer, read closely, written by `npm run fit:close` (eval/fit). */
export const CLOSE_SENTENCE_MODEL: LogisticModel<CloseSentenceFeature> = {
  bias: -0.149,
  weights: {
    glance: 0.331,
    span: 0.2303,
    relevance: -0.1382,
    cosine: 1.1998,
    spanOfYesOrNo: 0.1657,
    cosineOfYesOrNo: 1.9647,
  },
};
