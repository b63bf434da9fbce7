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

/** Metrics that no formula decides: without a judge model they are `not-run`, and that is never a pass. */
const JUDGE_METRICS: readonly MetricResult[] = [
  ['judge.faithfulness', 'Faithfulness (judge model)'] as const,
  ['judge.completeness', 'Completeness (judge model)'] as const,
].map(([id, label]) => ({ id, label, better: 'higher', unit: 'share', status: 'not-run', reason: NO_JUDGE }));

/** All metrics of a run with 95 % bootstrap intervals; the same scores give the same intervals. */
export function summarise(scores: readonly CaseScore[]): MetricResult[] {
  const measured = METRICS.map(({ id, label, better, unit, applies, compute }): MetricResult => {
    const cases = scores.filter(applies);
    const value = compute(cases);
    const head = { id, label, better, unit };
    if (value === undefined) return { ...head, status: 'not-applicable' };
    const options = { resamples: resamplesFor(cases.length), seed: 1 };
    const interval = bootstrapInterval(cases, compute, options);
    return { ...head, status: 'measured', value, cases: cases.length, ...(interval ? { interval } : {}) };
  });
  return [...measured, ...JUDGE_METRICS];
}
