import type { LogisticModel } from '../logistic.ts';
import type { CloseQuestionFeature } from '../question-features.ts';

/** Weights of the calibrated confidence after close reading, written by `npm run fit` (eval/fit). */
export const CLOSE_CONFIDENCE_MODEL: LogisticModel<CloseQuestionFeature> = {
  bias: 0,
  weights: {
    sentenceCosine: 0.1,
    sentenceMargin: 0.1,
    passageCosine: 0.1,
    cosineMargin: 0.1,
    contextCoverage: 0.1,
    passageCoverage: 0.1,
    rarestMissing: 0.1,
    entityCoverage: 0.1,
    typeEvidence: 0.1,
    questionLength: 0.1,
    best: 0.2,
    span: 0.3,
    relevance: 0.3,
    spanMargin: 0,
  },
};
