import { availableParallelism } from 'node:os';
import type { Embedder, PassageEmbedding, PassageInput } from '../../ports/embedder.ts';
import type { BertModel } from './bert-model.ts';
import { bertGraphOf, graphPathIn, writeGraphFile } from './graph-file.ts';
import { createInferencePool, type InferenceStatistics } from './inference-pool.ts';
import { startInferenceWorker } from './inference-worker.ts';
import { type TokenBatch, toBatches } from './token-batches.ts';
import { toTokenSequence } from './token-sequence.ts';
import { createWordPieces, type WordPieces } from './word-pieces.ts';

export interface BertOptions {
  readonly model: BertModel;
  /** Where the ONNX graph, written once, is kept. */
  readonly cacheDirectory: string;
  /** `int8` is about 2.5 times as fast and slightly less exact. */
  readonly precision: 'fp32' | 'int8';
  /** Processor threads for inference; all by default. */
  readonly threads?: number;
}

export interface BertEmbedder extends Embedder {
  /** Of `embedPassages`: inside ONNX Runtime is `runMilliseconds` of `workers` × the time that passed. */
  statistics(): InferenceStatistics;
  /** Finishes what was asked, then ends the threads. */
  close(): Promise<void>;
}

/** Tokens of a run in fp32: few short texts wait for the weights, and the states of many tokens outgrow the caches. */
const TOKENS_TOGETHER = 384;
/** Each text runs alone. */
const NO_ROOM = 0;
/** More threads gain little on one short text. */
const QUERY_THREADS = 4;
/** Each worker holds the weights once more: 110 MB for MiniLM in fp32. */
const BULK_WORKERS = 4;

/**
 * A sentence-embedding model of the BERT family, run by ONNX Runtime in threads of its own, so that the event loop
 * never waits for it. Questions have a thread that no batch can hold up. Nothing is started until the first call; an idle
 * embedder lets the process end. A model that pools by its CLS token gives no sentence vectors: such models are
 * not trained so that the mean of a few tokens means anything.
 */
export function createBertEmbedder(options: BertOptions): BertEmbedder {
  const { model, cacheDirectory, precision, threads = availableParallelism() } = options;
  const { dimensions, maxTokens, pooling, prefixes } = model;
  const graphPath = graphPathIn(cacheDirectory, model, precision);
  const poolOf = (workers: number, threadsEach: number, spinning: boolean) =>
    createInferencePool({
      startWorker: () => startInferenceWorker({ graphPath, threads: threadsEach, spinning }),
      writeGraph: () => writeGraphFile(graphPath, () => bertGraphOf(model, precision)),
      workers,
    });
  // One question alone is soonest answered by several threads; a batch by several texts at once, a thread each.
  const queries = poolOf(1, Math.min(threads, QUERY_THREADS), true);
  const bulkWorkers = Math.min(threads, BULK_WORKERS);
  const bulk = poolOf(bulkWorkers, Math.floor(threads / bulkWorkers), false);
  // In int8 what is rounded together shares a scale, so there each text runs alone.
  const room = precision === 'int8' ? NO_ROOM : TOKENS_TOGETHER;
  let pieces: WordPieces | undefined;
  const wordPieces = () => {
    pieces ??= createWordPieces(model.readTokenizer());
    return pieces;
  };

  /** Rows of a run's vectors, each an array of its own. */
  const rowsOf = (vectors: Float32Array) => (index: number) =>
    vectors.slice(index * dimensions, (index + 1) * dimensions);

  async function embedQuery(text: string): Promise<Float32Array> {
    const input = { context: '', text: prefixes.query + text, sentences: [] };
    const [batch] = toBatches([toTokenSequence(wordPieces(), input, maxTokens)], pooling, NO_ROOM);
    return batch === undefined ? new Float32Array() : rowsOf(await queries.run(batch))(0);
  }

  async function embedPassages(passages: readonly PassageInput[]): Promise<PassageEmbedding[]> {
    const sequences = passages.map(({ context, text, sentences }) => {
      const input = {
        context: prefixes.passage + context,
        text,
        sentences: pooling === 'cls' ? [] : sentences,
      };
      return toTokenSequence(wordPieces(), input, maxTokens);
    });
    const embeddings: PassageEmbedding[] = [];
    const runBatch = async ({ indexes, ...batch }: TokenBatch) => {
      const rows = rowsOf(await bulk.run(batch));
      let next = 0;
      for (const index of indexes) {
        const { rangeOfSentence = [], ranges = [] } = sequences[index] ?? {};
        const whole = next;
        // A sentence that has no range is given the vector of the whole: -1 + 1.
        const sentenceVectors = rangeOfSentence.map((range) => rows(whole + 1 + range));
        embeddings[index] = { vector: rows(whole), sentenceVectors };
        next += 1 + ranges.length / 2;
      }
    };
    await Promise.all(toBatches(sequences, pooling, room).map(runBatch));
    return embeddings;
  }

  return {
    id: `${model.identity}/${precision}`,
    dimensions,
    pooling,
    maxTokens,
    countTokens: (text) => wordPieces().count(text),
    embedQuery,
    embedPassages,
    statistics: bulk.statistics,
    close: async () => void (await Promise.all([queries.close(), bulk.close()])),
  };
}
