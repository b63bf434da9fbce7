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
    bias: -1.4567,
    weights: {
      coverage: 0.8741,
      longestGap: -1.248,
      pairs: 0,
      order: 1.2086,
      excess: -0.5334,
      sentences: -0.7049,
      resolved: 0,
      spareNegations: 0,
      cosine: 1.5275,
    },
  },
  threshold: 0.53,
};

/** By words alone. Written by `npm run eval:verifier -- --fit` (eval/verifier). */
export const LEXICAL_SUPPORT_MODEL: SupportModel<LexicalSupportFeature> = {
  model: {
    bias: -0.7086,
    weights: {
      coverage: 1.5233,
      longestGap: -1.2159,
      pairs: 0,
      order: 1.0298,
      excess: -0.4001,
      sentences: -0.6699,
      resolved: -0.0908,
      spareNegations: 0,
    },
  },
  threshold: 0.57,
};
