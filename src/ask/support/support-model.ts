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
    bias: -0.5807,
    weights: {
      coverage: 0,
      longestGap: -1.3271,
      contextShare: -1.5694,
      pairs: 0,
      order: 1.1602,
      excess: -0.7867,
      sentences: -0.9145,
      resolved: 0,
      spareNegations: -0.1906,
      cosine: 1.4119,
    },
  },
  threshold: 0.49,
};

/** By words alone. Written by `npm run fit:verifier` (eval/verifier). */
export const LEXICAL_SUPPORT_MODEL: SupportModel<LexicalSupportFeature> = {
  model: {
    bias: 1.0368,
    weights: {
      coverage: 0,
      longestGap: -1.3841,
      contextShare: -1.991,
      pairs: 0,
      order: 0.6359,
      excess: -0.5874,
      sentences: -0.6079,
      resolved: 0,
      spareNegations: -0.3156,
    },
  },
  threshold: 0.53,
};
