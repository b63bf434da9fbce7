import type { LogisticModel } from '../logistic.ts';
import type { PassageFeature } from '../rerank.ts';

/** Weights of a passage as an answer, written by `npm run fit` (eval/fit). */
export const PASSAGE_MODEL: LogisticModel<PassageFeature> = {
  bias: -10,
  weights: {
    passageCosine: 8.8,
    passageLexical: 2.5,
    sentenceCosine: 5.9,
    contextCoverage: 1.8,
    pairs: 1.0,
  },
};
