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
    bias: -2.7687,
    weights: {
      coverage: 0,
      longestGap: -0.5053,
      pairs: 0,
      order: 0.7699,
      excess: -0.4604,
      sentences: -2.2802,
      resolved: 0,
      spareNegations: 0,
      cosine: 1.676,
      gapCosine: 2.9053,
    },
  },
  threshold: 0.5,
};

/** By words alone. Written by `npm run eval:verifier -- --fit` (eval/verifier). */
export const LEXICAL_SUPPORT_MODEL: SupportModel<LexicalSupportFeature> = {
  model: {
    bias: -1.8558,
    weights: {
      coverage: 3.1968,
      longestGap: -1.4061,
      pairs: 0.4421,
      order: 0.2107,
      excess: -0.1787,
      sentences: -1.3373,
      resolved: -0.0941,
      spareNegations: -0.0179,
    },
  },
  threshold: 0.53,
};
