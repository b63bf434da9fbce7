import type { AskTiming } from './contender/contender.ts';
import type { Machine } from './machine.ts';
import type { Sizes } from './sizes.ts';

/** One number a round for each contender. */
interface Rounds {
  readonly ibid: readonly number[];
  readonly a: readonly number[];
  readonly b: readonly number[];
}

export interface IngestResult {
  /** Tokens a second, of the source text, each token once. */
  readonly tokensPerSecond: Rounds & { readonly ibidInt8: readonly number[] };
  /** MiniLM tokens of each round's text, special tokens left out. */
  readonly tokens: readonly number[];
}

export interface SearchResult {
  readonly passages: number;
  /** Median milliseconds of each round. */
  readonly medians: Rounds;
  /** Milliseconds of all questions of all rounds. */
  readonly all: Rounds;
}

export interface SmallIndexResult {
  readonly documents: number;
  readonly passages: number;
  /** Milliseconds. */
  readonly firstIngest: number;
  readonly reingests: readonly number[];
  /** Share of the first ingestion's time inside ONNX Runtime, of each worker's time. */
  readonly runtimeShare: number;
}

export interface LargeIndexResult {
  readonly passages: number;
  /** Median milliseconds of each round. */
  readonly smallMedians: readonly number[];
  readonly largeMedians: readonly number[];
  readonly recall: number;
  readonly residentBytes: number;
  /** Milliseconds; missing when the index was there from an earlier run. */
  readonly ingest?: number;
}

/** All that a run of the benchmark found out. */
export interface BenchResults {
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly elapsedSeconds: number;
  readonly machine: Machine;
  readonly text: string;
  readonly sizes: Sizes;
  /** Smallest cosine of a peer's vector to Ibid's, over a few texts: the same weights give the same vectors. */
  readonly agreement: { readonly a: number; readonly b: number; readonly int8: number };
  readonly ingest: IngestResult;
  readonly smallIndex: SmallIndexResult;
  readonly search: SearchResult;
  readonly ask: AskTiming;
  /** Milliseconds from the start of a process to its answer. */
  readonly coldStarts: readonly number[];
  readonly largeIndex?: LargeIndexResult;
}
