import type { LogisticModel } from '../logistic.ts';
import type { SentenceFeature } from '../sentence-features.ts';

/** Weights of the sentence scorer, written by `npm run fit` (eval/fit). */
export const SENTENCE_MODEL: LogisticModel<SentenceFeature> = {
  bias: -6.3933,
  weights: {
    sentenceCosine: 8.0526,
    passageCosine: -5.3644,
    passageLexical: 2.1437,
    behindBest: -16.9304,
    coverage: 0.3597,
    contextCoverage: 1.5356,
    passageCoverage: -1.2697,
    pairs: 0.9376,
    typeEvidence: 0.5625,
    entityCoverage: 0.788,
    brevity: -0.5972,
    length: 0.2945,
    opensPassage: 0.4642,
  },
};
