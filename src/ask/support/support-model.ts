import type { LogisticModel } from '../logistic.ts';
import type { LexicalSupportFeature, SupportFeature } from './support-features.ts';

/** A model and the probability from which a claim counts as supported. */
export interface SupportModel<Name extends string> {
  readonly model: LogisticModel<Name>;
  readonly threshold: number;
}

/** With sentence vectors. Written by `npm run fit:verifier` (eval/verifier). */
export const SUPPORT_MODEL: SupportModel<SupportFeature> = {
  model: {
    bias: -6,
    weights: {
      coverage: 8,
      longestGap: -0.8,
      contextShare: -1,
      pairs: 1,
      order: 0.5,
      excess: -0.3,
      sentences: -0.5,
      resolved: -0.3,
      spareNegations: -0.3,
      cosine: 3,
    },
  },
  threshold: 0.5,
};

/** By words alone. Written by `npm run fit:verifier` (eval/verifier). */
export const LEXICAL_SUPPORT_MODEL: SupportModel<LexicalSupportFeature> = {
  model: {
    bias: -5,
    weights: {
      coverage: 9,
      longestGap: -0.8,
      contextShare: -1,
      pairs: 1,
      order: 0.5,
      excess: -0.3,
      sentences: -0.5,
      resolved: -0.3,
      spareNegations: -0.3,
    },
  },
  threshold: 0.5,
};
