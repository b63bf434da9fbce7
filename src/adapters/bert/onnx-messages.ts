/** What stands for a whole text: the mean of its tokens' states, or the state of the first, `[CLS]`. */
export type Pooling = 'mean' | 'cls';

/** What an ONNX worker is started with. */
export interface WorkerSetup {
  readonly graphPath: string;
  readonly pooling: Pooling;
  readonly threads: number;
  /** Threads that wait by spinning answer sooner, and take the core from others meanwhile. */
  readonly spinning: boolean;
}

/** One text to run through the graph. */
export interface RunRequest {
  readonly type: 'run';
  readonly id: number;
  /** Special tokens included. */
  readonly tokens: Int32Array;
  /** `start, end, start, end, …`: token ranges that want a vector of their own, after that of the whole. */
  readonly ranges: Int32Array;
}

/** To a worker. `close` ends it after what it was asked before. */
export type WorkerRequest = RunRequest | { readonly type: 'close' };

/** From a worker. `damaged`: the graph file is not what was written; the worker ends after it. */
export type WorkerReply =
  | { readonly type: 'ready' }
  | { readonly type: 'damaged' }
  | { readonly type: 'failed'; readonly id: number; readonly message: string }
  | {
      readonly type: 'vectors';
      readonly id: number;
      /** `[1 + ranges, dimensions]`, row by row. */
      readonly vectors: Float32Array;
      readonly runMilliseconds: number;
    };
