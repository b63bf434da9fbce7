import type { LogisticModel } from '../logistic.ts';
import type { ClosePassageFeature } from '../rerank.ts';

/** Weights of a passage as an answer, read closely, written by `npm run fit:close` (eval/fit). */
export const CLOSE_PASSAGE_MODEL: LogisticModel<ClosePassageFeature> = {
  bias: -4.395,
  weights: {
    evidence: 9.1189,
    relevance: 0.2619,
  },
};
