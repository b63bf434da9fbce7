import type { Judged } from './auroc.ts';

/** `width`: bins of equal width over [0, 1]; `mass`: bins of as equal a number of cases as can be. */
export type Binning = 'width' | 'mass';

/** One bar of a reliability diagram. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly meanConfidence: number;
  readonly positiveShare: number;
}

/**
 * Expected calibration error in [0, 1]: the count-weighted mean distance between confidence and truth over the bins.
 * Undefined for no cases.
 * Source: Naeini et al. 2015 and Guo et al. 2017 (equal width); Nguyen & O'Connor 2015, Nixon et al. 2019 (equal mass).
 */
export function calibrationError(judged: readonly Judged[], binning: Binning, bins = 10): number | undefined {
  if (judged.length === 0) return undefined;
  return reliabilityBins(judged, binning, bins).reduce(
    (sum, bin) => sum + (bin.count / judged.length) * Math.abs(bin.positiveShare - bin.meanConfidence),
    0,
  );
}

/** The bins that hold at least one case, ascending. */
export function reliabilityBins(judged: readonly Judged[], binning: Binning, bins = 10): ReliabilityBin[] {
  const groups = binning === 'width' ? byWidth(judged, bins) : byMass(judged, bins);
  return groups.filter((group) => group.members.length > 0).map(toBin);
}

interface Group {
  readonly from: number;
  readonly to: number;
  readonly members: Judged[];
}

function byWidth(judged: readonly Judged[], bins: number): Group[] {
  const groups = Array.from({ length: bins }, (_, index): Group => {
    return { from: index / bins, to: (index + 1) / bins, members: [] };
  });
  for (const item of judged) {
    groups[Math.min(bins - 1, Math.max(0, Math.floor(item.confidence * bins)))]?.members.push(item);
  }
  return groups;
}

/** Equal confidences stay in one bin, so that the result does not hang on the order of cases. */
function byMass(judged: readonly Judged[], bins: number): Group[] {
  const sorted = [...judged].sort((a, b) => a.confidence - b.confidence);
  const groups: Judged[][] = [];
  let previous: Judged | undefined;
  sorted.forEach((item, index) => {
    const due = Math.floor((index * bins) / sorted.length);
    const current = groups.at(-1);
    const opens = current === undefined || (due >= groups.length && item.confidence !== previous?.confidence);
    if (opens) groups.push([item]);
    else current.push(item);
    previous = item;
  });
  return groups.map((members) => ({
    from: members[0]?.confidence ?? 0,
    to: members.at(-1)?.confidence ?? 0,
    members,
  }));
}

function toBin({ from, to, members }: Group): ReliabilityBin {
  const count = members.length;
  const meanConfidence = members.reduce((sum, item) => sum + item.confidence, 0) / count;
  return { from, to, count, meanConfidence, positiveShare: members.filter((m) => m.positive).length / count };
}
