import type { LogisticModel } from './logistic.ts';
import type { SentenceFeature } from './sentence-features.ts';

/** Weights of the sentence scorer, written by `npm run fit` (eval/fit). */
export const SENTENCE_MODEL: LogisticModel<SentenceFeature> = {
  bias: -5.9527,
  weights: {
    sentenceCosine: 8.0793,
    passageCosine: -5.3607,
    passageLexical: 1.5741,
    behindBest: -17.9319,
    coverage: 0.3544,
    contextCoverage: 1.5022,
    passageCoverage: -1.1501,
    pairs: 0.9568,
    typeEvidence: 0.5684,
    entityCoverage: 0.8217,
    brevity: -0.6158,
    length: 0.2938,
    opensPassage: 0.4633,
  },
};
