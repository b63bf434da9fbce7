import type { LogisticModel } from './logistic.ts';
import type { SentenceFeature } from './sentence-features.ts';

/** Weights of the sentence scorer, written by `npm run fit` (eval/fit). */
export const SENTENCE_MODEL: LogisticModel<SentenceFeature> = {
  bias: -5.8414,
  weights: {
    sentenceCosine: 7.7248,
    passageCosine: -5.1481,
    passageLexical: 1.6217,
    behindBest: -16.9275,
    coverage: 0.5547,
    contextCoverage: 1.5872,
    passageCoverage: -1.2726,
    pairs: 0.7445,
    typeEvidence: 0.6133,
    entityCoverage: 0.8024,
    brevity: -0.5887,
    length: 0.2687,
    opensPassage: 0.4612,
  },
};
