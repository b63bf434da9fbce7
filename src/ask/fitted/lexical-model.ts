import type { LogisticModel } from '../logistic.ts';
import type { LexicalFeature } from '../question-features.ts';

/** Weights of the confidence when the embedder fails, written by `npm run fit` (eval/fit). */
export const LEXICAL_MODEL: LogisticModel<LexicalFeature> = {
  bias: -7.3918,
  weights: {
    contextCoverage: 3.0506,
    passageCoverage: 3.1403,
    rarestMissing: 0.7098,
    entityCoverage: 0.9402,
    typeEvidence: 0.0043,
    questionLength: 0.7281,
  },
};
