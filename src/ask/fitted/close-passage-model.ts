import type { LogisticModel } from '../logistic.ts';
import type { ClosePassageFeature } from '../rerank.ts';

/** Weights of a passage as an answer, read closely, written by `npm run fit` (eval/fit). */
export const CLOSE_PASSAGE_MODEL: LogisticModel<ClosePassageFeature> = {
  bias: -10,
  weights: {
    passageCosine: 8.8,
    passageLexical: 2.5,
    sentenceCosine: 5.9,
    contextCoverage: 1.8,
    pairs: 1.0,
    span: 0.2,
    relevance: 0.3,
  },
};
