import { availableParallelism } from 'node:os';
import type { Embedder, PassageEmbedding, PassageInput } from '../../ports/embedder.ts';
import type { Precision } from './bert-graph.ts';
import { graphPathIn, writeGraphFile } from './graph-file.ts';
import { createInferencePool, type InferencePool, type InferenceStatistics } from './inference-pool.ts';
import { startInferenceWorker } from './inference-worker.ts';
import { readMiniLmFile } from './minilm-files.ts';
import { toTokenSequence } from './token-sequence.ts';
import { createWordPieces, type WordPieces } from './word-pieces.ts';

export interface MiniLmOptions {
  /** Where the ONNX graph, written once, is kept. */
  readonly cacheDirectory: string;
  /** `int8` is about 2.5 times as fast and slightly less exact. */
  readonly precision: Precision;
  /** Processor threads for inference; all by default. */
  readonly threads?: number;
}

export interface MiniLmEmbedder extends Embedder {
  /** Of `embedPassages`: inside ONNX Runtime is `runMilliseconds` of `workers` × the time that passed. */
  statistics(): InferenceStatistics;
  /** Finishes what was asked, then ends the threads. */
  close(): Promise<void>;
}

const DIMENSIONS = 384;
const MAX_TOKENS = 256;
/** More threads gain little on one short text. */
const QUERY_THREADS = 4;
/** Each worker holds the weights once more: 110 MB in fp32. */
const BULK_WORKERS = 4;

/**
 * The embedded all-MiniLM-L6-v2 (https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2), run by ONNX Runtime
 * in threads of its own, so that the event loop never waits for it. Questions have a thread that no batch can hold up.
 * Nothing is read or started until the first call; an idle embedder lets the process end.
 */
export function createMiniLmEmbedder(options: MiniLmOptions): MiniLmEmbedder {
  const { cacheDirectory, precision, threads = availableParallelism() } = options;
  const graphPath = graphPathIn(cacheDirectory, precision);
  const poolOf = (workers: number, threadsEach: number, spinning: boolean) =>
    createInferencePool({
      startWorker: () => startInferenceWorker({ graphPath, threads: threadsEach, spinning }),
      writeGraph: () => writeGraphFile(graphPath, precision),
      workers,
    });
  // One question alone is soonest answered by several threads; a batch by several texts at once, a thread each.
  const queries = poolOf(1, Math.min(threads, QUERY_THREADS), true);
  const bulkWorkers = Math.min(threads, BULK_WORKERS);
  const bulk = poolOf(bulkWorkers, Math.floor(threads / bulkWorkers), false);
  let pieces: WordPieces | undefined;
  const wordPieces = () => {
    pieces ??= createWordPieces(readMiniLmFile('tokenizer').toString('utf8'));
    return pieces;
  };

  async function embed(pool: InferencePool, input: PassageInput): Promise<PassageEmbedding> {
    let places: readonly number[] = [];
    const rows = await pool.run(() => {
      const { rangeOfSentence, ...sequence } = toTokenSequence(wordPieces(), input, MAX_TOKENS);
      places = rangeOfSentence;
      return sequence;
    });
    const row = (index: number) => rows.slice(index * DIMENSIONS, (index + 1) * DIMENSIONS);
    // Row 0 is the whole, and stands in for a sentence that has no range: -1 + 1.
    return { vector: row(0), sentenceVectors: places.map((place) => row(place + 1)) };
  }

  return {
    id: `minilm-l6-v2/${precision}`,
    dimensions: DIMENSIONS,
    pooling: 'mean',
    maxTokens: MAX_TOKENS,
    countTokens: (text) => wordPieces().count(text),
    embedQuery: async (text) => (await embed(queries, { context: '', text, sentences: [] })).vector,
    embedPassages: (passages) => Promise.all(passages.map((passage) => embed(bulk, passage))),
    statistics: bulk.statistics,
    close: async () => void (await Promise.all([queries.close(), bulk.close()])),
  };
}
