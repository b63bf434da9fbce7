import type { LogisticModel } from '../logistic.ts';
import type { LexicalSupportFeature, SupportFeature } from './support-features.ts';

/** A model and the probability from which a claim counts as supported. */
export interface SupportModel<Name extends string> {
  readonly model: LogisticModel<Name>;
  readonly threshold: number;
}

/** With sentence vectors. Written by `npm run eval:verifier -- --fit` (eval/verifier). */
export const SUPPORT_MODEL: SupportModel<SupportFeature> = {
  model: {
    bias: -2.978,
    weights: {
      coverage: 0,
      longestGap: -0.4661,
      pairs: 0,
      order: 0.8789,
      excess: -0.4743,
      sentences: -2.42,
      resolved: 0,
      spareNegations: 0,
      cosine: 1.6775,
      gapCosine: 3.0421,
    },
  },
  threshold: 0.21,
};

/** By words alone. Written by `npm run eval:verifier -- --fit` (eval/verifier). */
export const LEXICAL_SUPPORT_MODEL: SupportModel<LexicalSupportFeature> = {
  model: {
    bias: -2.3218,
    weights: {
      coverage: 3.9325,
      longestGap: -1.3689,
      pairs: 0.106,
      order: 0.3038,
      excess: -0.1001,
      sentences: -1.8824,
      resolved: 0,
      spareNegations: 0,
    },
  },
  threshold: 0.45,
};
