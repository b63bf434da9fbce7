import type { Comparison } from '../compare/compare.ts';
import type { MetricResult } from '../score/summarise.ts';
import type { Thresholds } from './thresholds.ts';

/** One thing that the gate looked at. `not-run` is neither pass nor fail, and is said; `short` passed, but missed its goal. */
interface Check {
  readonly name: string;
  readonly outcome: 'pass' | 'short' | 'fail' | 'not-run';
  readonly message: string;
}

export interface GateResult {
  readonly passed: boolean;
  readonly checks: readonly Check[];
}

/** Holds a run against its thresholds and, where there is one, against the baseline. One failed check fails the gate. */
export function gate(
  metrics: readonly MetricResult[],
  thresholds: Thresholds,
  comparison: Comparison | undefined,
): GateResult {
  const found = new Map(metrics.map((metric) => [metric.id, metric]));
  const checks = [
    ...Object.entries(thresholds.metrics).map(([id, limits]) => checkThreshold(id, found.get(id), limits)),
    ...thresholds.regressions.map((id) => checkRegression(id, comparison)),
  ];
  return { passed: checks.every((check) => check.outcome !== 'fail'), checks };
}

/** A threshold on a metric that could not be measured fails: nothing was shown. Only a missing judge is `not-run`. */
function checkThreshold(
  id: string,
  metric: MetricResult | undefined,
  { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, goal }: Thresholds['metrics'][string],
): Check {
  const name = `threshold ${id}`;
  if (metric?.status === 'not-run') return { name, outcome: 'not-run', message: metric.reason };
  if (metric?.status !== 'measured') {
    return {
      name,
      outcome: 'fail',
      message: 'no case of this run measures it; add cases or drop the threshold',
    };
  }
  const { value } = metric;
  const wanted = [
    ...(min > Number.NEGATIVE_INFINITY ? [`at least ${min}`] : []),
    ...(max < Number.POSITIVE_INFINITY ? [`at most ${max}`] : []),
  ].join(' and ');
  const outcome = value >= min && value <= max ? (reaches(value, goal, min) ? 'pass' : 'short') : 'fail';
  const ahead = goal === undefined ? '' : ` (goal ${goal})`;
  return {
    name,
    outcome,
    message: `${value.toFixed(4)}, wanted ${wanted}${ahead}`,
  };
}

/** A goal lies on the side that the threshold points to: above a minimum, below a maximum. */
function reaches(value: number, goal: number | undefined, min: number): boolean {
  if (goal === undefined) return true;
  return min > Number.NEGATIVE_INFINITY ? value >= goal : value <= goal;
}

function checkRegression(id: string, comparison: Comparison | undefined): Check {
  const name = `regression ${id}`;
  if (comparison === undefined)
    return { name, outcome: 'not-run', message: 'there is no baseline to compare with' };
  const difference = comparison.metrics.find((metric) => metric.id === id);
  if (difference === undefined) return { name, outcome: 'not-run', message: 'not measured in both runs' };
  const { delta, interval, change } = difference;
  const range = `[${signed(interval.low)}, ${signed(interval.high)}]`;
  const outcome = change === 'worse' ? 'fail' : 'pass';
  return { name, outcome, message: `${signed(delta)} ${range} against the baseline, ${change}` };
}

function signed(value: number): string {
  return `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(4)}`;
}
