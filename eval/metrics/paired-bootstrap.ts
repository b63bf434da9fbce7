import { type BootstrapOptions, type Interval, resample } from './bootstrap.ts';
import { percentile } from './percentile.ts';
import { createRandom } from './random.ts';

/** Sums in another order differ by this much; it is no difference. */
const ROUNDING = 1e-12;

/** The same case in two runs. */
export interface Pair<Case> {
  readonly before: Case;
  readonly after: Case;
}

export interface PairedDifference {
  /** Statistic of the second run minus that of the first. */
  readonly delta: number;
  /** 95 % interval of `delta`. */
  readonly interval: Interval;
  /** One-sided: the share of resamples in which the second run does not score lower, and does not score higher. */
  readonly pLower: number;
  readonly pHigher: number;
}

/**
 * Compares a statistic of two runs over the same cases by resampling the pairs; undefined where it has no value.
 * Source: Koehn 2004, "Statistical Significance Tests for Machine Translation Evaluation" (paired bootstrap resampling).
 */
export function pairedBootstrap<Case>(
  pairs: readonly Pair<Case>[],
  statistic: (sample: readonly Case[]) => number | undefined,
  options: BootstrapOptions,
): PairedDifference | undefined {
  const delta = difference(pairs, statistic);
  if (delta === undefined) return undefined;
  const random = createRandom(options.seed);
  const deltas: number[] = [];
  for (let round = 0; round < options.resamples; round += 1) {
    const value = difference(resample(pairs, random), statistic);
    if (value !== undefined) deltas.push(value);
  }
  const share = (test: (value: number) => boolean) => deltas.filter(test).length / Math.max(1, deltas.length);
  return {
    delta,
    interval: { low: percentile(deltas, 0.025) ?? delta, high: percentile(deltas, 0.975) ?? delta },
    pLower: share((value) => value >= -ROUNDING),
    pHigher: share((value) => value <= ROUNDING),
  };
}

function difference<Case>(
  pairs: readonly Pair<Case>[],
  statistic: (sample: readonly Case[]) => number | undefined,
): number | undefined {
  const before = statistic(pairs.map((pair) => pair.before));
  const after = statistic(pairs.map((pair) => pair.after));
  return before === undefined || after === undefined ? undefined : after - before;
}
