import { percentile } from './percentile.ts';
import { createRandom } from './random.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  readonly resamples: number;
  readonly seed: number;
}

/**
 * The 95 % percentile-bootstrap interval of `statistic` over `cases`; undefined where it has no value in any resample.
 * Source: Efron 1979; percentile method, Efron & Tibshirani 1993, chapter 13.
 */
export function bootstrapInterval<Case>(
  cases: readonly Case[],
  statistic: (sample: readonly Case[]) => number | undefined,
  options: BootstrapOptions,
): Interval | undefined {
  const random = createRandom(options.seed);
  const values: number[] = [];
  for (let round = 0; round < options.resamples; round += 1) {
    const value = statistic(resample(cases, random));
    if (value !== undefined) values.push(value);
  }
  const low = percentile(values, 0.025);
  const high = percentile(values, 0.975);
  return low === undefined || high === undefined ? undefined : { low, high };
}

/** As many cases as there are, drawn with replacement. */
export function resample<Case>(cases: readonly Case[], random: () => number): Case[] {
  return cases.map((fallback) => cases[Math.floor(random() * cases.length)] ?? fallback);
}
