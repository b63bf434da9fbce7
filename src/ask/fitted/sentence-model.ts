import type { LogisticModel } from '../logistic.ts';
import type { SentenceFeature } from '../sentence-features.ts';

/** Weights of the sentence scorer, written by `npm run fit` (eval/fit). */
export const SENTENCE_MODEL: LogisticModel<SentenceFeature> = {
  bias: -6.0129,
  weights: {
    sentenceCosine: 8.0398,
    passageCosine: -5.3604,
    passageLexical: 1.7314,
    behindBest: -18.1571,
    coverage: 0.3621,
    contextCoverage: 1.5391,
    passageCoverage: -1.25,
    pairs: 0.9455,
    typeEvidence: 0.559,
    entityCoverage: 0.7934,
    brevity: -0.5945,
    length: 0.2977,
    opensPassage: 0.4648,
  },
};
