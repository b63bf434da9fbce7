import type { LogisticModel } from '../logistic.ts';
import type { LexicalFeature } from '../question-features.ts';

/** Weights of the confidence when the embedder fails, written by `npm run fit` (eval/fit). */
export const LEXICAL_MODEL: LogisticModel<LexicalFeature> = {
  bias: -7.4493,
  weights: {
    contextCoverage: 2.9569,
    passageCoverage: 3.3945,
    rarestMissing: 0.7568,
    entityCoverage: 1.0641,
    typeEvidence: 0.3084,
    questionLength: 0.7199,
  },
};
