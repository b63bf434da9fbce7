import { availableParallelism } from 'node:os';
import type { Embedder, PassageEmbedding, PassageInput } from '../../ports/embedder.ts';
import type { Precision } from './bert-graph.ts';
import { graphPathIn, writeGraphFile } from './graph-file.ts';
import { createInferencePool, type InferenceStatistics } from './inference-pool.ts';
import { readModelFile } from './model-files.ts';
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
  statistics(): InferenceStatistics;
  /** Finishes what was asked, then ends the threads. */
  close(): Promise<void>;
}

const DIMENSIONS = 384;
const MAX_TOKENS = 256;

/**
 * The embedded all-MiniLM-L6-v2 (https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2), run by ONNX Runtime
 * in threads of its own. Nothing is read or started until the first call; an idle embedder lets the process end.
 */
export function createMiniLmEmbedder(options: MiniLmOptions): MiniLmEmbedder {
  const { cacheDirectory, precision, threads = availableParallelism() } = options;
  const graphPath = graphPathIn(cacheDirectory, precision);
  const pool = createInferencePool({
    graphPath,
    writeGraph: () => writeGraphFile(graphPath, precision),
    ...shareThreads(threads),
  });
  let pieces: WordPieces | undefined;
  const wordPieces = () => {
    pieces ??= createWordPieces(readModelFile('tokenizer').toString('utf8'));
    return pieces;
  };

  async function embed(input: PassageInput, urgent: boolean): Promise<PassageEmbedding> {
    let places: readonly number[] = [];
    const rows = await pool.run(() => {
      const { rangeOfSentence, ...sequence } = toTokenSequence(wordPieces(), input, MAX_TOKENS);
      places = rangeOfSentence;
      return sequence;
    }, urgent);
    // Row 0 is the whole, and stands in for a sentence without tokens of its own: -1 + 1.
    const row = (index: number) => rows.slice(index * DIMENSIONS, (index + 1) * DIMENSIONS);
    return { vector: row(0), sentenceVectors: places.map((place) => row(place + 1)) };
  }

  return {
    id: `minilm-l6-v2/${precision}`,
    dimensions: DIMENSIONS,
    pooling: 'mean',
    maxTokens: MAX_TOKENS,
    countTokens: (text) => wordPieces().count(text),
    embedQuery: async (text) => (await embed({ context: '', text, sentences: [] }, true)).vector,
    embedPassages: (passages) => Promise.all(passages.map((passage) => embed(passage, false))),
    statistics: pool.statistics,
    close: pool.close,
  };
}

function shareThreads(threads: number): { workers: number; threadsPerWorker: number } {
  return { workers: 1, threadsPerWorker: threads };
}
