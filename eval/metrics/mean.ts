/** Arithmetic mean; undefined for no values, so that an empty set is never read as zero. */
export function mean(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
