import { type PairedDifference, pairedBootstrap } from '../metrics/paired-bootstrap.ts';
import type { CaseScore, Verdict } from '../score/case-score.ts';
import { compactScore } from '../score/compact-score.ts';
import { METRICS } from '../score/metrics.ts';
import { resamplesFor } from '../score/resamples.ts';

/** A share of resamples below which a difference counts as real. */
const SIGNIFICANCE = 0.05;

interface MetricDifference extends PairedDifference {
  readonly id: string;
  readonly change: 'better' | 'worse' | 'same';
}

/** A case whose verdict is another than before. */
export interface Flip {
  readonly id: string;
  readonly before: Verdict;
  readonly after: Verdict;
  readonly change: 'better' | 'worse' | 'same';
}

export interface Comparison {
  readonly metrics: readonly MetricDifference[];
  readonly flips: readonly Flip[];
  /** Cases in both runs; only these are compared. */
  readonly shared: number;
  readonly added: number;
  readonly removed: number;
}

/**
 * Holds a run against an earlier one, case by case. `worse` and `better` are significant by a one-sided paired bootstrap
 * at 5 %; times are not compared, they are another machine's.
 */
export function compareRuns(before: readonly CaseScore[], after: readonly CaseScore[]): Comparison {
  const earlier = new Map(before.map((score) => [score.id, compactScore(score)]));
  const pairs = after.flatMap((score) => {
    const partner = earlier.get(score.id);
    return partner ? [{ before: partner, after: compactScore(score) }] : [];
  });
  const options = { resamples: resamplesFor(pairs.length * 2), seed: 1 };
  const metrics = METRICS.filter((metric) => metric.unit === 'share').flatMap(({ id, better, compute }) => {
    const found = pairedBootstrap(pairs, compute, options);
    return found ? [{ id, ...found, change: changeOf(found, better) }] : [];
  });
  return {
    metrics,
    flips: pairs.flatMap(flipOf),
    shared: pairs.length,
    added: after.length - pairs.length,
    removed: before.length - pairs.length,
  };
}

function changeOf(found: PairedDifference, better: 'higher' | 'lower'): MetricDifference['change'] {
  if (found.pLower < SIGNIFICANCE) return better === 'higher' ? 'worse' : 'better';
  if (found.pHigher < SIGNIFICANCE) return better === 'higher' ? 'better' : 'worse';
  return 'same';
}

function flipOf(pair: { before: CaseScore; after: CaseScore }): Flip[] {
  const [before, after] = [pair.before.verdict, pair.after.verdict];
  if (before === after) return [];
  const gain = Number(after.endsWith('right')) - Number(before.endsWith('right'));
  return [{ id: pair.after.id, before, after, change: gain > 0 ? 'better' : gain < 0 ? 'worse' : 'same' }];
}
