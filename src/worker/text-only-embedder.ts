import { IbidError } from '../model/errors.ts';
import { estimateTokens } from '../model/token-estimate.ts';
import type { Embedder } from '../ports/embedder.ts';

const MAX_TOKENS = 512;

/**
 * Stands in where there is no AI binding: documents are ingested for full text, and a question's embedding rejects with
 * `embedder_failed`, so that full text alone answers and the reply says so.
 */
export function createTextOnlyEmbedder(): Embedder {
  return {
    id: 'none',
    dimensions: 1,
    pooling: 'none',
    maxTokens: MAX_TOKENS,
    countTokens: estimateTokens,
    async embedQuery() {
      throw new IbidError('embedder_failed', 'There is no AI binding: full text alone answers.');
    },
    embedPassages: async (passages) =>
      passages.map(() => ({ vector: Float32Array.of(1), sentenceVectors: [] })),
  };
}
