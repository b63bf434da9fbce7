import { percentile } from '../../eval/metrics/percentile.ts';

/**
 * The median over rounds of `numerators[round] / denominators[round]`: what slows a whole round slows both sides of
 * its ratio. Undefined for no rounds; throws a RangeError when the rounds do not pair up or a ratio is not finite.
 */
export function medianOfRatios(
  numerators: readonly number[],
  denominators: readonly number[],
): number | undefined {
  if (numerators.length !== denominators.length) throw new RangeError('Each round needs both its sides.');
  const ratios = numerators.map((numerator, round) => numerator / (denominators[round] ?? 0));
  if (!ratios.every(Number.isFinite)) throw new RangeError('A ratio of rounds is not a finite number.');
  return percentile(ratios, 0.5);
}
