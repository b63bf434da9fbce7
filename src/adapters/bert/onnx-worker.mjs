// @ts-check
// Runs a graph in a thread of its own, because a run blocks the thread that calls it.
// Plain JavaScript, so that the same file starts from src/ (tests) and from dist/.
import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { isGraphWhole } from './graph-checksum.mjs';

/** @typedef {import('./onnx-messages.ts').RunRequest} RunRequest */

const port = parentPort;
if (!port) throw new Error('onnx-worker.mjs runs as a worker thread only.');
/** @type {import('./onnx-messages.ts').WorkerSetup} */
const setup = workerData;

/** @type {RunRequest[]} */
const requests = [];
let running = false;
let closing = false;

if (isGraphWhole(setup.graphPath)) {
  const session = await InferenceSession.create(setup.graphPath, {
    intraOpNumThreads: setup.threads,
    interOpNumThreads: 1,
    // What goes wrong is thrown, and reported by who asked.
    logSeverityLevel: 4,
    // Threads that spin on after a run would take a core from what comes next: another session, or this process itself.
    extra: {
      session: { force_spinning_stop: '1', intra_op: { allow_spinning: setup.spinning ? '1' : '0' } },
    },
  });
  port.on('message', (/** @type {import('./onnx-messages.ts').WorkerRequest} */ request) => {
    if (request.type === 'close') closing = true;
    else requests.push(request);
    if (!running) drain(session);
  });
  send({ type: 'ready' });
} else {
  send({ type: 'damaged' });
}

/** @param {InferenceSession} session */
async function drain(session) {
  running = true;
  for (let next = requests.shift(); next; next = requests.shift()) await answer(session, next);
  running = false;
  if (!closing) return;
  // Ending a thread while its session lives aborts the process; this order does not.
  await session.release();
  port?.close();
}

/**
 * @param {InferenceSession} session
 * @param {RunRequest} request
 */
async function answer(session, request) {
  const { id, texts, tokens } = request;
  try {
    const length = tokens.length / texts;
    const feeds = { tokens: new Tensor('int32', tokens, [texts, length]), ...besideTokens(request, length) };
    const begun = performance.now();
    const result = await session.run(feeds);
    const runMilliseconds = performance.now() - begun;
    const [name = ''] = session.outputNames;
    // A copy: the runtime's own memory cannot be transferred.
    const output = new Float32Array(/** @type {Float32Array} */ (result[name]?.data));
    send({ type: 'done', id, output, runMilliseconds }, [output.buffer]);
  } catch (error) {
    send({ type: 'failed', id, message: error instanceof Error ? error.message : String(error) });
  }
}

/**
 * The other input: how an embedding graph pools its tokens, or which text a token of a pair belongs to.
 * @param {RunRequest} request
 * @param {number} length
 * @returns {Record<string, Tensor>}
 */
function besideTokens(request, length) {
  const { texts, tokens } = request;
  if ('segments' in request) return { segments: new Tensor('float32', request.segments, [texts, length, 1]) };
  const matrix = poolingMatrix(tokens.length, request.ranges);
  return { pooling: new Tensor('float32', matrix, [request.ranges.length / 2, tokens.length]) };
}

/**
 * Each row is the mean of one range.
 * @param {number} tokens
 * @param {Int32Array} ranges
 */
function poolingMatrix(tokens, ranges) {
  const matrix = new Float32Array((tokens * ranges.length) / 2);
  for (let index = 0; index < ranges.length; index += 2) {
    const [start = 0, end = 0] = ranges.subarray(index, index + 2);
    const row = tokens * (index / 2);
    matrix.fill(1 / (end - start), row + start, row + end);
  }
  return matrix;
}

/**
 * @param {import('./onnx-messages.ts').WorkerReply} reply
 * @param {ArrayBuffer[]} [transfer]
 */
function send(reply, transfer = []) {
  port?.postMessage(reply, transfer);
}
