import type { LogisticModel } from './logistic.ts';
import type { SentenceFeature } from './sentence-features.ts';

/** Weights of the sentence scorer, written by `npm run fit` (eval/fit). */
export const SENTENCE_MODEL: LogisticModel<SentenceFeature> = {
  bias: -5.8394,
  weights: {
    sentenceCosine: 7.8655,
    passageCosine: -5.2501,
    passageLexical: 1.5055,
    behindBest: -17.2317,
    coverage: 0.547,
    contextCoverage: 1.5582,
    passageCoverage: -1.1342,
    pairs: 0.732,
    typeEvidence: 0.5994,
    entityCoverage: 0.8023,
    brevity: -0.6341,
    length: 0.2757,
    opensPassage: 0.4705,
  },
};
