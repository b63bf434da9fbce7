import { bootstrapInterval, type Interval } from '../metrics/bootstrap.ts';
import type { CaseScore } from './case-score.ts';
import { METRICS } from './metrics.ts';
import { resamplesFor } from './resamples.ts';

/** A metric of a run: measured, without a case that it applies to, or not run because it needs what is not there. */
export type MetricResult = {
  readonly id: string;
  readonly label: string;
  readonly better: 'higher' | 'lower';
  readonly unit: 'share' | 'ms';
} & (
  | {
      readonly status: 'measured';
      readonly value: number;
      readonly interval?: Interval;
      readonly cases: number;
    }
  | { readonly status: 'not-applicable' }
  | { readonly status: 'not-run'; readonly reason: string }
);

const NO_JUDGE = 'needs a judge model, and none is configured';

/** The judge model of a run; `fault` says why it was given up. */
export interface JudgeStatement {
  readonly model: string;
  /** Answers that it failed on, and that its figures leave out. */
  readonly failed: number;
  readonly fault?: string;
}

/**
 * All metrics of a run with 95 % bootstrap intervals; the same scores give the same intervals. Those that no formula decides
 * are `not-run` without a judge model, and that is never a pass.
 */
export function summarise(scores: readonly CaseScore[], judge?: JudgeStatement): MetricResult[] {
  return METRICS.map(({ id, label, better, unit, applies, compute }): MetricResult => {
    const judged = id.startsWith('judge.');
    const head = { id, label: judged && judge ? labelWith(label, judge) : label, better, unit };
    const reason = judge === undefined ? NO_JUDGE : judge.fault;
    if (judged && reason !== undefined) return { ...head, status: 'not-run', reason };
    const cases = scores.filter(applies);
    const value = compute(cases);
    if (value === undefined) return { ...head, status: 'not-applicable' };
    const options = { resamples: resamplesFor(cases.length), seed: 1 };
    const interval = bootstrapInterval(cases, compute, options);
    return { ...head, status: 'measured', value, cases: cases.length, ...(interval ? { interval } : {}) };
  });
}

function labelWith(label: string, { model, failed }: JudgeStatement): string {
  const left = failed === 0 ? '' : `, ${failed} failed`;
  return label.replace('judge model', `by ${model}${left}`);
}
