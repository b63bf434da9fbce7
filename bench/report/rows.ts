import { percentile } from '../../eval/metrics/percentile.ts';
import type { BenchResults } from '../results.ts';
import { medianOfRatios } from '../statistics/median-of-ratios.ts';

/** One requirement, what was measured for it, and whether it is met. Missing numbers were not measured. */
export interface Row {
  readonly id: string;
  readonly measure: string;
  /** What `value` is held against. */
  readonly bound: { readonly atLeast: number } | { readonly atMost: number };
  readonly unit: Unit;
  readonly value?: number;
  /** What each system took or reached, in `shown`. */
  readonly shown: Unit;
  readonly ibid?: number;
  readonly a?: number;
  readonly b?: number;
}

export type Unit = 'times' | 'share' | 'tokens/s' | 'ms' | 's' | 'MB' | 'recall';

/** The requirements in the order of the report, from what a run found out. */
export function toRows(results: BenchResults): Row[] {
  return [...ingestRows(results), ...searchRows(results), ...largeRows(results), ...restRows(results)];
}

function ingestRows({ ingest, smallIndex }: BenchResults): Row[] {
  const { ibid, ibidInt8 } = ingest.tokensPerSecond;
  const base = { unit: 'times', shown: 'tokens/s' } as const;
  const row = (
    id: string,
    measure: string,
    atLeast: number,
    mine: readonly number[],
    peer: 'a' | 'b',
  ): Row => {
    const theirs = ingest.tokensPerSecond[peer];
    return {
      ...base,
      id,
      measure,
      bound: { atLeast },
      ...known('value', medianOfRatios(mine, theirs)),
      ...known('ibid', percentile(mine, 0.5)),
      ...known(peer, percentile(theirs, 0.5)),
    };
  };
  return [
    row('ingest-a', 'Ingest, default (fp32), against A', 8, ibid, 'a'),
    row('ingest-int8-a', 'Ingest, fast mode (int8), against A', 15, ibidInt8, 'a'),
    row('ingest-b', 'Ingest, default (fp32), against B', 1.5, ibid, 'b'),
    {
      id: 'runtime-share',
      measure: 'Share of ingest time inside ONNX Runtime',
      bound: { atLeast: 0.9 },
      unit: 'share',
      shown: 'share',
      value: smallIndex.runtimeShare,
      ibid: smallIndex.runtimeShare,
    },
  ];
}

function searchRows({ search, ask }: BenchResults): Row[] {
  const row = (peer: 'a' | 'b', atLeast: number): Row => ({
    id: `search-${peer}`,
    measure: `One question retrieved, ${count(search.passages)} passages, p50, against ${peer.toUpperCase()}`,
    bound: { atLeast },
    unit: 'times',
    shown: 'ms',
    ...known('value', medianOfRatios(search.medians[peer], search.medians.ibid)),
    ...known('ibid', percentile(search.all.ibid, 0.5)),
    ...known(peer, percentile(search.all[peer], 0.5)),
  });
  const asked = percentile(ask.milliseconds, 0.5);
  return [
    row('a', 8),
    row('b', 1.3),
    {
      id: 'ask',
      measure: 'The same, end to end to the verified answer, p50',
      bound: { atMost: 40 },
      unit: 'ms',
      shown: 'ms',
      ...known('value', asked),
      ...known('ibid', asked),
    },
  ];
}

function largeRows({ largeIndex, search, sizes }: BenchResults): Row[] {
  const passages = count(largeIndex?.passages ?? sizes.large);
  const megabytes = largeIndex && largeIndex.residentBytes / 1e6;
  return [
    {
      id: 'scale',
      measure: `Retrieval p50, ${passages} passages against ${count(search.passages)}`,
      bound: { atMost: 2 },
      unit: 'times',
      shown: 'ms',
      ...known('value', largeIndex && medianOfRatios(largeIndex.largeMedians, largeIndex.smallMedians)),
      ...known('ibid', largeIndex && percentile(largeIndex.largeMedians, 0.5)),
    },
    {
      id: 'recall',
      measure: `Recall@10 against exact search, ${passages} passages`,
      bound: { atLeast: 0.98 },
      unit: 'recall',
      shown: 'recall',
      ...known('value', largeIndex?.recall),
      ...known('ibid', largeIndex?.recall),
    },
    {
      id: 'memory',
      measure: `Resident memory, ${passages} passages loaded`,
      bound: { atMost: 700 },
      unit: 'MB',
      shown: 'MB',
      ...known('value', megabytes),
      ...known('ibid', megabytes),
    },
  ];
}

function restRows({ smallIndex, coldStarts }: BenchResults): Row[] {
  const again = percentile(smallIndex.reingests, 0.5);
  const cold = percentile(coldStarts, 0.5);
  return [
    {
      id: 'reingest',
      measure: `Ingest again, ${count(smallIndex.passages)} passages unchanged, of the first ingest`,
      bound: { atMost: 0.02 },
      unit: 'share',
      shown: 'ms',
      ...known('value', again === undefined ? undefined : again / smallIndex.firstIngest),
      ...known('ibid', again),
    },
    {
      id: 'cold-start',
      measure: `Cold start to first answer, ${count(smallIndex.passages)} passages`,
      bound: { atMost: 2 },
      unit: 's',
      shown: 's',
      ...known('value', cold === undefined ? undefined : cold / 1000),
      ...known('ibid', cold === undefined ? undefined : cold / 1000),
    },
  ];
}

/** Whether a row's requirement is met; undefined when it was not measured. */
export function isMet({ bound, value }: Row): boolean | undefined {
  if (value === undefined) return undefined;
  return 'atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost;
}

function known<Name extends string>(name: Name, value: number | undefined): { [key in Name]?: number } {
  return value === undefined ? {} : ({ [name]: value } as { [key in Name]: number });
}

function count(number: number): string {
  return number.toLocaleString('en-GB');
}
