/** Documents `from` up to `from + count` of the benchmark's text. */
export interface Slice {
  readonly from: number;
  readonly count: number;
}

/** What one ingestion took. Times are in milliseconds. */
interface IngestTiming {
  readonly elapsed: number;
  readonly passages: number;
}

export interface IbidIngestTiming extends IngestTiming {
  /** Inside ONNX Runtime, summed over the workers. */
  readonly inRuntime: number;
  readonly workers: number;
}

export interface AskTiming {
  /** From question to end of answer, one for each question. */
  readonly milliseconds: readonly number[];
  readonly answered: number;
}

/** A passage as one system stored it, for another to be filled with. */
export interface FilledPassage {
  readonly text: string;
  readonly vector: Float32Array;
}

/** What the benchmark asks of every system. Each is in a process of its own. */
interface AnyContender {
  /** Unit vectors of a few texts, to see that all systems have the same weights. */
  embed(texts: readonly string[]): Promise<number[][]>;
  /** Milliseconds of each question, from its text to ranked passages. */
  search(questions: readonly string[]): Promise<number[]>;
  /** Saves and lets go of what it holds. */
  close(): Promise<void>;
}

/** What the benchmark asks of a peer. */
export interface PeerContender extends AnyContender {
  /** Splits, embeds and indexes documents in a new index, which is thrown away. */
  ingest(slice: Slice): Promise<IngestTiming>;
  /** Adds passages to the index that is searched. */
  fill(passages: readonly FilledPassage[]): Promise<void>;
}

/** What the benchmark asks of Ibid, on the index in its data folder. */
export interface IbidContender extends AnyContender {
  /** Ingests into a new folder, which is thrown away. */
  ingestAside(slice: Slice): Promise<IbidIngestTiming>;
  ingest(slice: Slice): Promise<IbidIngestTiming>;
  ask(questions: readonly string[]): Promise<AskTiming>;
  countPassages(): Promise<number>;
  /** Names what an index of the same documents depends on. */
  indexIdentity(): Promise<string>;
  /** All passages of the index with their vectors. */
  passages(): Promise<FilledPassage[]>;
  /** Share of the vector index's `limit` matches that are as near as the exact ones. */
  recall(asked: { readonly questions: readonly string[]; readonly limit: number }): Promise<number>;
  /** Resident bytes of the process. */
  residentMemory(): Promise<number>;
}

/** Which contender a process is, and what it is started with. */
export type ContenderSetup =
  | { readonly kind: 'lat-md'; readonly dataPath?: string }
  | { readonly kind: 'transformers'; readonly dataPath?: string; readonly modelFolder: string }
  | {
      readonly kind: 'ibid';
      readonly dataPath?: string;
      readonly precision: 'fp32' | 'int8';
      readonly dataFolder: string;
    };
