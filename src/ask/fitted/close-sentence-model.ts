import type { LogisticModel } from '../logistic.ts';
import type { CloseSentenceFeature } from '../score-sentences.ts';

/** Weights of a sentence as an answer, read closely, written by `npm run fit` (eval/fit). */
export const CLOSE_SENTENCE_MODEL: LogisticModel<CloseSentenceFeature> = {
  bias: -1,
  weights: {
    glance: 0.5,
    span: 0.4,
    relevance: 0.2,
    typeEvidence: 0.1,
    brevity: -0.1,
  },
};
