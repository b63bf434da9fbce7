import { type BertEmbedder, type BertOptions, createBertEmbedder } from './bert-embedder.ts';
import { MINILM } from './minilm-model.ts';

/** The embedded default: all-MiniLM-L6-v2 from npm, 384 dimensions, 256 tokens. */
export function createMiniLmEmbedder(options: Omit<BertOptions, 'model'>): BertEmbedder {
  return createBertEmbedder({ ...options, model: MINILM });
}
