import type { MetricResult } from '../score/summarise.ts';

/** A value as reports show it: three decimals for shares, milliseconds as such. */
function formatValue(value: number, unit: 'share' | 'ms'): string {
  return unit === 'ms' ? `${value.toFixed(value < 10 ? 1 : 0)} ms` : value.toFixed(3);
}

/** `.812`-like value with its interval, or why there is none. */
export function formatMetric(metric: MetricResult): { value: string; interval: string; cases: string } {
  if (metric.status === 'not-run') return { value: 'not run', interval: metric.reason, cases: '' };
  if (metric.status === 'not-applicable') return { value: 'n/a', interval: '', cases: '' };
  const { value, interval, unit, cases } = metric;
  const range = interval ? `${formatValue(interval.low, unit)} – ${formatValue(interval.high, unit)}` : '';
  return { value: formatValue(value, unit), interval: range, cases: String(cases) };
}

/** A difference with its sign. */
export function formatDelta(value: number): string {
  if (Math.abs(value) < 0.0005) return '±0.000';
  return `${value > 0 ? '+' : '−'}${Math.abs(value).toFixed(3)}`;
}
