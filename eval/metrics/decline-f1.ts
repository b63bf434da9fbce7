export interface DeclineOutcome {
  readonly answerable: boolean;
  readonly declined: boolean;
}

/**
 * F1 in [0, 1] of declining, with "unanswerable and declined" as the true positive; undefined where nothing is
 * unanswerable. Source: the no-answer class F1 of SQuAD 2.0 and MTRAG-style answerability evaluation (F-measure: van Rijsbergen 1979).
 */
export function declineF1(outcomes: readonly DeclineOutcome[]): number | undefined {
  const unanswerable = outcomes.filter((outcome) => !outcome.answerable).length;
  if (unanswerable === 0) return undefined;
  const declined = outcomes.filter((outcome) => outcome.declined).length;
  const hits = outcomes.filter((outcome) => !outcome.answerable && outcome.declined).length;
  return (2 * hits) / (unanswerable + declined);
}
