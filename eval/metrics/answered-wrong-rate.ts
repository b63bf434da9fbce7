import type { Outcome } from './risk-coverage.ts';

/**
 * Share of the given answers that are wrong, an answer to an unanswerable question included; undefined where none was given.
 * Source: selective risk at the working threshold (El-Yaniv & Wiener 2010).
 */
export function answeredWrongRate(outcomes: readonly Omit<Outcome, 'confidence'>[]): number | undefined {
  const answered = outcomes.filter((outcome) => outcome.answered);
  if (answered.length === 0) return undefined;
  return answered.filter((outcome) => !outcome.right).length / answered.length;
}
