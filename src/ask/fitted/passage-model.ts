import type { LogisticModel } from '../logistic.ts';
import type { PassageFeature } from '../rerank.ts';

/** Weights of a passage as an answer, written by `npm run fit:close` (eval/fit). */
export const PASSAGE_MODEL: LogisticModel<PassageFeature> = {
  bias: -9.1583,
  weights: {
    evidence: 16.0726,
  },
};
