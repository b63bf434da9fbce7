/**
 * The `share` quantile (0–1) of `values` by linear interpolation between order statistics; undefined for no values.
 * Source: Hyndman & Fan 1996, "Sample Quantiles in Statistical Packages", type 7.
 */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) return undefined;
  return below + (above - below) * (position - Math.floor(position));
}
