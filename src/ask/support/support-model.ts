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
    bias: -0.0684,
    weights: {
      coverage: 0.6349,
      uncovered: 0.1339,
      longestGap: -1.0054,
      alikeShare: -1.48,
      contextShare: -5.5032,
      pairs: 0.0947,
      order: 0.4617,
      excess: 0.0247,
      sentences: 0.2653,
      resolved: -0.4164,
      spareNegations: 0.333,
      spareNames: -0.0039,
      cosine: 0.5162,
    },
  },
  threshold: 0.75,
};

/** By words alone. Written by `npm run fit:verifier` (eval/verifier). */
export const LEXICAL_SUPPORT_MODEL: SupportModel<LexicalSupportFeature> = {
  model: {
    bias: 0.0334,
    weights: {
      coverage: 0.992,
      uncovered: 0.1217,
      longestGap: -0.9878,
      alikeShare: -0.5973,
      contextShare: -5.5965,
      pairs: -0.0002,
      order: 0.5063,
      excess: 0.0943,
      sentences: 0.2617,
      resolved: -0.4179,
      spareNegations: 0.2518,
      spareNames: 0.0143,
    },
  },
  threshold: 0.78,
};
