import type { LogisticModel } from '../logistic.ts';
import type { SentenceFeature } from '../sentence-features.ts';

/** Weights of the sentence scorer, written by `npm run fit` (eval/fit). */
export const SENTENCE_MODEL: LogisticModel<SentenceFeature> = {
  bias: -6.3944,
  weights: {
    sentenceCosine: 8.0528,
    passageCosine: -5.3651,
    passageLexical: 2.147,
    behindBest: -16.9179,
    coverage: 0.3619,
    contextCoverage: 1.5379,
    passageCoverage: -1.2752,
    pairs: 0.9345,
    typeEvidence: 0.5656,
    entityCoverage: 0.7888,
    brevity: -0.5976,
    length: 0.294,
    opensPassage: 0.4646,
  },
};
