import { availableParallelism } from 'node:os';
import type { Embedder, PassageEmbedding, PassageInput } from '../../ports/embedder.ts';
import type { Precision } from './bert-graph.ts';
import type { BertModel } from './bert-model.ts';
import { graphPathIn, writeGraphFile } from './graph-file.ts';
import { createInferencePool, type InferencePool, type InferenceStatistics } from './inference-pool.ts';
import { startInferenceWorker } from './inference-worker.ts';
import { toTokenSequence } from './token-sequence.ts';
import { createWordPieces, type WordPieces } from './word-pieces.ts';

export interface BertOptions {
  readonly model: BertModel;
  /** Where the ONNX graph, written once, is kept. */
  readonly cacheDirectory: string;
  /** `int8` is about 2.5 times as fast and slightly less exact. */
  readonly precision: Precision;
  /** Processor threads for inference; all by default. */
  readonly threads?: number;
}

export interface BertEmbedder extends Embedder {
  /** Of `embedPassages`: inside ONNX Runtime is `runMilliseconds` of `workers` × the time that passed. */
  statistics(): InferenceStatistics;
  /** Finishes what was asked, then ends the threads. */
  close(): Promise<void>;
}

/** More threads gain little on one short text. */
const QUERY_THREADS = 4;
/** Each worker holds the weights once more: 110 MB for MiniLM in fp32. */
const BULK_WORKERS = 4;

/**
 * A sentence-embedding model of the BERT family, run by ONNX Runtime in threads of its own, so that the event loop
 * never waits for it. Questions have a thread that no batch can hold up. Nothing is started until the first call; an
 * idle embedder lets the process end. A model that pools by its CLS token gives no sentence vectors: such models are
 * not trained so that the mean of a few tokens means anything.
 */
export function createBertEmbedder(options: BertOptions): BertEmbedder {
  const { model, cacheDirectory, precision, threads = availableParallelism() } = options;
  const { dimensions, maxTokens, pooling, prefixes } = model;
  const graphPath = graphPathIn(cacheDirectory, model, precision);
  const poolOf = (workers: number, threadsEach: number, spinning: boolean) =>
    createInferencePool({
      startWorker: () => startInferenceWorker({ graphPath, pooling, threads: threadsEach, spinning }),
      writeGraph: () => writeGraphFile(graphPath, model, precision),
      workers,
    });
  // One question alone is soonest answered by several threads; a batch by several texts at once, a thread each.
  const queries = poolOf(1, Math.min(threads, QUERY_THREADS), true);
  const bulkWorkers = Math.min(threads, BULK_WORKERS);
  const bulk = poolOf(bulkWorkers, Math.floor(threads / bulkWorkers), false);
  let pieces: WordPieces | undefined;
  const wordPieces = () => {
    pieces ??= createWordPieces(model.readTokenizer());
    return pieces;
  };

  async function embed(pool: InferencePool, input: PassageInput): Promise<PassageEmbedding> {
    let places: readonly number[] = [];
    const rows = await pool.run(() => {
      const { rangeOfSentence, ...sequence } = toTokenSequence(wordPieces(), input, maxTokens);
      places = rangeOfSentence;
      return sequence;
    });
    const row = (index: number) => rows.slice(index * dimensions, (index + 1) * dimensions);
    // Row 0 is the whole, and stands in for a sentence that has no range: -1 + 1.
    return { vector: row(0), sentenceVectors: places.map((place) => row(place + 1)) };
  }

  const embedPassage = ({ context, text, sentences }: PassageInput) =>
    embed(bulk, {
      context: prefixes.passage + context,
      text,
      sentences: pooling === 'cls' ? [] : sentences,
    });

  return {
    id: `${model.identity}/${precision}`,
    dimensions,
    pooling,
    maxTokens,
    countTokens: (text) => wordPieces().count(text),
    embedQuery: async (text) =>
      (await embed(queries, { context: '', text: prefixes.query + text, sentences: [] })).vector,
    embedPassages: (passages) => Promise.all(passages.map(embedPassage)),
    statistics: bulk.statistics,
    close: async () => void (await Promise.all([queries.close(), bulk.close()])),
  };
}
