import { Worker } from 'node:worker_threads';
import { IbidError, messageOf } from '../../model/errors.ts';
import type { Batch, WorkerReply, WorkerRequest, WorkerSetup } from './onnx-messages.ts';

export interface InferenceResult {
  /** What the graph made, row by row. */
  readonly output: Float32Array;
  readonly runMilliseconds: number;
}

/** One thread with the graph loaded. */
export interface InferenceWorker {
  /** Batches it was given and has not answered. */
  readonly inFlight: number;
  /** True once the thread is gone; what was in flight has been rejected. */
  readonly ended: boolean;
  /** The batch is handed over: not to be used afterwards. */
  run(batch: Batch): Promise<InferenceResult>;
  /** Ends the thread after all it was given. */
  close(): Promise<void>;
}

interface Waiter {
  readonly resolve: (result: InferenceResult) => void;
  readonly reject: (error: IbidError) => void;
}

/**
 * Starts a thread and waits until its graph is loaded; undefined when the graph file is missing or damaged.
 * Rejects with `embedder_failed`. An idle thread does not keep the process alive.
 */
export async function startInferenceWorker(setup: WorkerSetup): Promise<InferenceWorker | undefined> {
  const thread = new Worker(new URL('./onnx-worker.mjs', import.meta.url), { workerData: setup });
  const waiters = new Map<number, Waiter>();
  let ended = false;
  let lastId = 0;
  let fault: unknown;

  const settle = (id: number): Waiter | undefined => {
    const waiter = waiters.get(id);
    waiters.delete(id);
    if (waiters.size === 0) thread.unref();
    return waiter;
  };
  thread.on('message', (reply: WorkerReply) => {
    if (reply.type === 'done') settle(reply.id)?.resolve(reply);
    if (reply.type === 'failed') settle(reply.id)?.reject(failure(reply.message));
  });
  thread.on('error', (error) => {
    fault = error;
  });
  const exited = new Promise<void>((resolve) => {
    thread.once('exit', () => {
      ended = true;
      for (const id of [...waiters.keys()]) settle(id)?.reject(failure(fault ?? 'its thread ended'));
      resolve();
    });
  });

  const first = await Promise.race([firstReply(thread), exited]);
  if (first === undefined) throw failure(fault ?? 'its thread ended');
  if (first.type === 'damaged') return undefined;
  thread.unref();
  const post = (request: WorkerRequest, transfer: ArrayBuffer[] = []) =>
    thread.postMessage(request, transfer);

  return {
    get inFlight() {
      return waiters.size;
    },
    get ended() {
      return ended;
    },
    run(batch) {
      const id = ++lastId;
      thread.ref();
      return new Promise((resolve, reject) => {
        waiters.set(id, { resolve, reject });
        const beside = 'ranges' in batch ? batch.ranges : batch.segments;
        post({ type: 'run', id, ...batch }, [batch.tokens.buffer, beside.buffer]);
      });
    },
    async close() {
      if (ended) return;
      thread.ref();
      post({ type: 'close' });
      await exited;
    },
  };
}

function firstReply(thread: Worker): Promise<WorkerReply> {
  return new Promise((resolve) => thread.once('message', resolve));
}

function failure(cause: unknown): IbidError {
  return new IbidError(
    'embedder_failed',
    `The embedding model failed: ${messageOf(cause)}. Ask again; if it fails each time, see the log and restart.`,
    { cause },
  );
}
