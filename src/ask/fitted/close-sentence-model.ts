import type { LogisticModel } from '../logistic.ts';
import type { CloseSentenceFeature } from '../score-sentences.ts';

/** Weights of a sentence as an answer, read closely, written by `npm run fit:close` (eval/fit). */
export const CLOSE_SENTENCE_MODEL: LogisticModel<CloseSentenceFeature> = {
  bias: 0.5199,
  weights: {
    glance: 0.4007,
    span: 0.2405,
    relevance: -0.1288,
  },
};
