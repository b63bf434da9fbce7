/** Bootstrap rounds for a number of cases: 1,000, fewer for large sets (not below 200), where intervals are narrow anyway. */
export function resamplesFor(cases: number): number {
  return Math.max(200, Math.min(1000, Math.floor(1_500_000 / Math.max(1, cases))));
}
