import type { LogisticModel } from './logistic.ts';
import type { LexicalFeature } from './question-features.ts';

/** Weights of the confidence when the embedder fails, written by `npm run fit` (eval/fit). */
export const LEXICAL_MODEL: LogisticModel<LexicalFeature> = {
  bias: -7.4532,
  weights: {
    contextCoverage: 3.0703,
    passageCoverage: 3.2572,
    rarestMissing: 0.7787,
    entityCoverage: 1.1017,
    typeEvidence: 0.3463,
    questionLength: 0.7012,
  },
};
