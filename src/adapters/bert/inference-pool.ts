import { IbidError } from '../../model/errors.ts';
import type { InferenceWorker } from './inference-worker.ts';
import type { Batch } from './onnx-messages.ts';

/** What the pool has done since it was made; the times of several workers are summed. */
export interface InferenceStatistics {
  /** Threads started and alive. */
  readonly workers: number;
  readonly runs: number;
  /** Special tokens included. */
  readonly tokens: number;
  /** Inside ONNX Runtime. */
  readonly runMilliseconds: number;
}

export interface InferencePool {
  /** What the graph made, row by row. */
  run(batch: Batch): Promise<Float32Array>;
  statistics(): InferenceStatistics;
  /** Finishes what was asked, then ends the workers; later runs are refused. */
  close(): Promise<void>;
}

export interface PoolOptions {
  /** Undefined when the graph file is missing or damaged. */
  readonly startWorker: () => Promise<InferenceWorker | undefined>;
  /** Writes the graph file anew. */
  readonly writeGraph: () => void;
  /** At most so many; a further one is started only when those before it are busy. */
  readonly workers: number;
}

interface Job {
  readonly batch: Batch;
  readonly resolve: (output: Float32Array) => void;
  readonly reject: (error: unknown) => void;
}

/** Batches handed to a worker ahead of need, so that it never waits for this thread. */
const AHEAD = 8;

/** Makes a pool of inference threads. It starts none until there is work. */
export function createInferencePool(options: PoolOptions): InferencePool {
  const jobs: Job[] = [];
  const pending = new Set<Promise<unknown>>();
  const totals = { runs: 0, tokens: 0, runMilliseconds: 0 };
  let workers: InferenceWorker[] = [];
  let starting: Promise<void> | undefined;
  let closed = false;

  function dispatch(): void {
    workers = workers.filter((worker) => !worker.ended);
    while (jobs.length > 0) {
      const worker = leastBusy(workers);
      if (!worker || worker.inFlight >= AHEAD) {
        startAnother();
        return;
      }
      const job = jobs.shift();
      if (job) void give(worker, job);
    }
  }

  async function give(worker: InferenceWorker, job: Job): Promise<void> {
    try {
      const tokens = job.batch.tokens.length;
      const { output, runMilliseconds } = await worker.run(job.batch);
      totals.runs += 1;
      totals.tokens += tokens;
      totals.runMilliseconds += runMilliseconds;
      job.resolve(output);
    } catch (error) {
      job.reject(error);
      if (worker.ended) rejectQueued(error);
    }
    dispatch();
  }

  function startAnother(): void {
    if (starting || workers.length >= options.workers) return;
    starting = startWithWholeGraph(options)
      .then((worker) => void workers.push(worker), rejectQueued)
      .finally(() => {
        starting = undefined;
        dispatch();
      });
  }

  function rejectQueued(error: unknown): void {
    for (const job of jobs.splice(0)) job.reject(error);
  }

  return {
    run(batch) {
      if (closed) return Promise.reject(new IbidError('embedder_failed', CLOSED));
      const done = new Promise<Float32Array>((resolve, reject) => {
        jobs.push({ batch, resolve, reject });
      });
      const tracked = done.catch(() => {}).finally(() => pending.delete(tracked));
      pending.add(tracked);
      dispatch();
      return done;
    },
    statistics: () => ({ workers: workers.length, ...totals }),
    async close() {
      closed = true;
      await Promise.all(pending);
      await starting;
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}

const CLOSED =
  'The embedding model was closed, because the process is stopping. Ask again once it has started.';

function leastBusy(workers: readonly InferenceWorker[]): InferenceWorker | undefined {
  return workers.reduce<InferenceWorker | undefined>(
    (least, worker) => (least && least.inFlight <= worker.inFlight ? least : worker),
    undefined,
  );
}

async function startWithWholeGraph({ startWorker, writeGraph }: PoolOptions): Promise<InferenceWorker> {
  const worker = await startWorker();
  if (worker) return worker;
  writeGraph();
  const second = await startWorker();
  if (second) return second;
  throw new IbidError(
    'embedder_failed',
    'The file of the embedding model was damaged as soon as it was written. Check the disk that holds the data.',
  );
}
