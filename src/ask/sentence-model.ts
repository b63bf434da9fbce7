import type { LogisticModel } from './logistic.ts';
import type { SentenceFeature } from './sentence-features.ts';

/** Weights of the sentence scorer, fitted by `eval/fit`. */
export const SENTENCE_MODEL: LogisticModel<SentenceFeature> = {
  bias: -6,
  weights: {
    sentenceCosine: 4,
    passageCosine: 2,
    passageLexical: 0.5,
    behindBest: -6,
    coverage: 1.5,
    contextCoverage: 1,
    passageCoverage: 0.5,
    pairs: 0.8,
    typeEvidence: 1.2,
    entityCoverage: 0.3,
    brevity: -1.5,
    length: 0.2,
    isQuestion: -1.5,
    opensPassage: 0.1,
  },
};
