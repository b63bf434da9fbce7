/** What stands for a whole text: the mean of its tokens' states, or the state of the first, `[CLS]`. */
export type Pooling = 'mean' | 'cls';

/** What an ONNX worker is started with. */
export interface WorkerSetup {
  readonly graphPath: string;
  readonly threads: number;
  /** Threads that wait by spinning answer sooner, and take the core from others meanwhile. */
  readonly spinning: boolean;
}

/** Texts of one length, for one run of a graph. */
interface Texts {
  readonly texts: number;
  /** `[texts, length]`, row by row, special tokens included. */
  readonly tokens: Int32Array<ArrayBuffer>;
}

/** For a graph that embeds. */
export interface EmbeddingBatch extends Texts {
  /** `start, end, start, end, …` in `tokens`: each range wants the mean of its tokens as a vector. */
  readonly ranges: Int32Array<ArrayBuffer>;
}

/** For a graph that reads two texts together. */
export interface SegmentedBatch extends Texts {
  /** For each token 1 when it is of the second text, 0 of the first. */
  readonly segments: Float32Array<ArrayBuffer>;
}

export type Batch = EmbeddingBatch | SegmentedBatch;

export type RunRequest = Batch & { readonly type: 'run'; readonly id: number };

/** To a worker. `close` ends it after what it was asked before. */
export type WorkerRequest = RunRequest | { readonly type: 'close' };

/** From a worker. `damaged`: the graph file is not what was written; the worker ends after it. */
export type WorkerReply =
  | { readonly type: 'ready' }
  | { readonly type: 'damaged' }
  | { readonly type: 'failed'; readonly id: number; readonly message: string }
  | {
      readonly type: 'done';
      readonly id: number;
      /** What the graph made, row by row. */
      readonly output: Float32Array;
      readonly runMilliseconds: number;
    };
