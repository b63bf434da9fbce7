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
    bias: -2.3194,
    weights: {
      coverage: 2.4876,
      longestGap: -1.4011,
      pairs: 0.7167,
      order: 0.091,
      excess: -0.3181,
      sentences: -1.73,
      resolved: 0,
      spareNegations: 0,
      cosine: 1.3149,
    },
  },
  threshold: 0.49,
};

/** By words alone. Written by `npm run eval:verifier -- --fit` (eval/verifier). */
export const LEXICAL_SUPPORT_MODEL: SupportModel<LexicalSupportFeature> = {
  model: {
    bias: -1.7792,
    weights: {
      coverage: 3.2146,
      longestGap: -1.4063,
      pairs: 0.3137,
      order: 0.2731,
      excess: -0.1333,
      sentences: -1.8426,
      resolved: 0,
      spareNegations: 0,
    },
  },
  threshold: 0.5,
};
