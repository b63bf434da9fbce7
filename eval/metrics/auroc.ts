/** A probability and what turned out to be true. */
export interface Judged {
  readonly confidence: number;
  readonly positive: boolean;
}

/**
 * Area under the ROC curve in [0, 1]: the chance that a random positive has more confidence than a random negative, ties half.
 * Undefined unless both classes occur. Source: Hanley & McNeil 1982, by the rank-sum (Mann–Whitney U) form.
 */
export function auroc(judged: readonly Judged[]): number | undefined {
  const positives = judged.filter((item) => item.positive).length;
  const negatives = judged.length - positives;
  if (positives === 0 || negatives === 0) return undefined;
  return (rankSum(judged) - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Sum of the positives' ranks from 1, ascending; equal confidences share the mean of their ranks. */
function rankSum(judged: readonly Judged[]): number {
  const sorted = [...judged].sort((a, b) => a.confidence - b.confidence);
  let sum = 0;
  let start = 0;
  while (start < sorted.length) {
    let end = start;
    let positives = 0;
    while (end < sorted.length && sorted[end]?.confidence === sorted[start]?.confidence) {
      if (sorted[end]?.positive) positives += 1;
      end += 1;
    }
    sum += positives * ((start + 1 + end) / 2);
    start = end;
  }
  return sum;
}
