import { expect, test, vi } from 'vitest';
import { IbidError } from '../../model/errors.ts';
import { createInferencePool } from './inference-pool.ts';
import type { InferenceResult, InferenceWorker } from './inference-worker.ts';
import type { Batch } from './onnx-messages.ts';

test('starts no worker before there is work, and only one for a single text', async () => {
  const { pool, workers } = setUp({ workers: 2 });
  expect(workers).toHaveLength(0);
  const answer = pool.run(text(3));
  await holds(workers, 0, 1);
  workers[0]?.answerAll();
  expect(await answer).toEqual(Float32Array.of(3));
  expect(pool.statistics()).toEqual({ workers: 1, runs: 1, tokens: 3, runMilliseconds: 5 });
});

test('starts a second worker when the first has all it takes ahead', async () => {
  const { pool, workers } = setUp({ workers: 2 });
  const answers = Promise.all(Array.from({ length: 12 }, () => pool.run(text(1))));
  await holds(workers, 0, 8);
  await holds(workers, 1, 4);
  for (const worker of workers) worker.answerAll();
  expect(await answers).toHaveLength(12);
});

test('rejects everything in hand when a worker dies, and starts a fresh one for the next call', async () => {
  const { pool, workers } = setUp({ workers: 1 });
  const batch = Array.from({ length: 10 }, () => pool.run(text(1)));
  await holds(workers, 0, 8);
  workers[0]?.die();
  for (const each of await Promise.allSettled(batch))
    expect(each).toMatchObject({ status: 'rejected', reason: { code: 'embedder_failed' } });
  const next = pool.run(text(4));
  await holds(workers, 1, 1);
  workers[1]?.answerAll();
  expect(await next).toEqual(Float32Array.of(4));
});

test('writes the graph anew when a worker finds it damaged, once', async () => {
  const { pool, workers, writeGraph } = setUp({ workers: 1, damagedStarts: 1 });
  const answer = pool.run(text(1));
  await holds(workers, 0, 1);
  workers[0]?.answerAll();
  await answer;
  expect(writeGraph).toHaveBeenCalledTimes(1);
  const hopeless = setUp({ workers: 1, damagedStarts: 9 });
  await expect(hopeless.pool.run(text(1))).rejects.toMatchObject({ code: 'embedder_failed' });
  expect(hopeless.writeGraph).toHaveBeenCalledTimes(1);
});

test('rejects what waits when no worker can be started, and tries again at the next call', async () => {
  const { pool, workers } = setUp({ workers: 1, failingStarts: 1 });
  await expect(pool.run(text(1))).rejects.toMatchObject({ code: 'embedder_failed' });
  const answer = pool.run(text(1));
  await holds(workers, 0, 1);
  workers[0]?.answerAll();
  await answer;
});

test('finishes what it was given before it closes, and refuses more', async () => {
  const { pool, workers } = setUp({ workers: 1 });
  const batch = Promise.all(Array.from({ length: 20 }, () => pool.run(text(1))));
  const closing = pool.close();
  await expect(pool.run(text(1))).rejects.toMatchObject({ code: 'embedder_failed' });
  const answering = setInterval(() => workers[0]?.answerAll(), 1);
  expect(await batch).toHaveLength(20);
  await closing;
  clearInterval(answering);
  expect(workers[0]?.ended).toBe(true);
});

interface FakeWorker extends InferenceWorker {
  answerAll(): void;
  die(): void;
}

function setUp(options: { workers: number; damagedStarts?: number; failingStarts?: number }) {
  let { damagedStarts = 0, failingStarts = 0 } = options;
  const workers: FakeWorker[] = [];
  const writeGraph = vi.fn();
  const pool = createInferencePool({
    workers: options.workers,
    writeGraph,
    async startWorker() {
      if (failingStarts-- > 0) throw new IbidError('embedder_failed', 'no memory');
      if (damagedStarts-- > 0) return undefined;
      const worker = makeWorker();
      workers.push(worker);
      return worker;
    },
  });
  return { pool, workers, writeGraph };
}

/** Answers with the number of tokens it was given. */
function makeWorker(): FakeWorker {
  const waiters: {
    tokens: number;
    resolve: (result: InferenceResult) => void;
    reject: (e: Error) => void;
  }[] = [];
  let ended = false;
  return {
    get inFlight() {
      return waiters.length;
    },
    get ended() {
      return ended;
    },
    run({ tokens }) {
      return new Promise((resolve, reject) => {
        waiters.push({ tokens: tokens.length, resolve, reject });
      });
    },
    answerAll() {
      for (const { tokens, resolve } of waiters.splice(0))
        resolve({ output: Float32Array.of(tokens), runMilliseconds: 5 });
    },
    die() {
      ended = true;
      for (const { reject } of waiters.splice(0)) reject(new IbidError('embedder_failed', 'died'));
    },
    async close() {
      ended = true;
    },
  };
}

function text(tokens: number): Batch {
  return { texts: 1, tokens: new Int32Array(tokens), ranges: new Int32Array() };
}

/** Waits until worker `index` holds `count` texts. */
function holds(workers: readonly FakeWorker[], index: number, count: number): Promise<void> {
  return vi.waitFor(() => expect(workers[index]?.inFlight).toBe(count));
}
