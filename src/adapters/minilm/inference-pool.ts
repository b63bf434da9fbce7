import { IbidError } from '../../model/errors.ts';
import { type InferenceInput, type InferenceWorker, startInferenceWorker } from './inference-worker.ts';

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
  /** Runs one text, urgent ones before all others. `prepare` is called when a worker is about to take it. */
  run(prepare: () => InferenceInput, urgent: boolean): Promise<Float32Array>;
  statistics(): InferenceStatistics;
  /** Finishes what was asked, then ends the workers; later runs are refused. */
  close(): Promise<void>;
}

export interface PoolOptions {
  readonly graphPath: string;
  /** Writes the graph file, where it is missing or damaged. */
  readonly writeGraph: () => void;
  /** At most so many; a further one is started only when those before it are busy. */
  readonly workers: number;
  readonly threadsPerWorker: number;
}

interface Job {
  readonly prepare: () => InferenceInput;
  readonly urgent: boolean;
  readonly resolve: (vectors: Float32Array) => void;
  readonly reject: (error: unknown) => void;
}

/** Texts handed to a worker ahead of need, so that it never waits for this thread; urgent ones overtake them. */
const AHEAD = 8;

/** Makes a pool of inference threads. It starts none until there is work. */
export function createInferencePool(options: PoolOptions): InferencePool {
  const urgentJobs: Job[] = [];
  const bulkJobs: Job[] = [];
  const pending = new Set<Promise<unknown>>();
  const totals = { runs: 0, tokens: 0, runMilliseconds: 0 };
  let workers: InferenceWorker[] = [];
  let starting = false;
  let closed = false;

  function dispatch(): void {
    workers = workers.filter((worker) => !worker.ended);
    for (let queue = nextQueue(); queue; queue = nextQueue()) {
      const worker = leastBusy(workers);
      if (!worker || (queue === bulkJobs && worker.inFlight >= AHEAD)) return void startAnother();
      const job = queue.shift();
      if (job) void give(worker, job);
    }
  }

  function nextQueue(): Job[] | undefined {
    return [urgentJobs, bulkJobs].find((queue) => queue.length > 0);
  }

  async function give(worker: InferenceWorker, job: Job): Promise<void> {
    try {
      const input = job.prepare();
      const tokens = input.tokens.length;
      const { vectors, runMilliseconds } = await worker.run(input, job.urgent);
      totals.runs += 1;
      totals.tokens += tokens;
      totals.runMilliseconds += runMilliseconds;
      job.resolve(vectors);
    } catch (error) {
      job.reject(error);
      if (worker.ended) rejectQueued(error);
    }
    dispatch();
  }

  async function startAnother(): Promise<void> {
    if (starting || workers.length >= options.workers) return;
    starting = true;
    try {
      workers.push(await startWithWholeGraph(options));
    } catch (error) {
      rejectQueued(error);
    } finally {
      starting = false;
    }
    dispatch();
  }

  function rejectQueued(error: unknown): void {
    for (const job of [...urgentJobs.splice(0), ...bulkJobs.splice(0)]) job.reject(error);
  }

  return {
    run(prepare, urgent) {
      if (closed) return Promise.reject(new IbidError('embedder_failed', CLOSED));
      const done = new Promise<Float32Array>((resolve, reject) => {
        (urgent ? urgentJobs : bulkJobs).push({ prepare, urgent, resolve, reject });
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

async function startWithWholeGraph(options: PoolOptions): Promise<InferenceWorker> {
  const setup = { graphPath: options.graphPath, threads: options.threadsPerWorker };
  const worker = await startInferenceWorker(setup);
  if (worker) return worker;
  options.writeGraph();
  const second = await startInferenceWorker(setup);
  if (second) return second;
  throw new IbidError(
    'embedder_failed',
    `The embedding model at ${options.graphPath} was damaged as soon as it was written. Check the disk.`,
  );
}
