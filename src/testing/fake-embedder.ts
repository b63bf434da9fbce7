import type { Embedder, PassageInput } from '../ports/embedder.ts';

/** What a fake embedder was asked for, in order. */
export type FakeEmbedderCall =
  | { readonly type: 'query'; readonly text: string }
  | { readonly type: 'passages'; readonly passages: readonly PassageInput[] };

export interface FakeEmbedder extends Embedder {
  readonly calls: readonly FakeEmbedderCall[];
}

export interface FakeEmbedderOptions {
  readonly id?: string;
  readonly dimensions?: number;
  /** Rejects every embedding with this error. */
  readonly failure?: Error;
}

/**
 * A deterministic embedder for tests: words, lowercased and hashed into `dimensions` buckets (64 by default),
 * counted and scaled to unit length, so texts that share words are similar. A token is a word. Records its calls.
 */
export function createFakeEmbedder(options: FakeEmbedderOptions = {}): FakeEmbedder {
  const { id = 'fake/bag-of-words', dimensions = 64, failure } = options;
  const maxTokens = 256;
  const calls: FakeEmbedderCall[] = [];
  const embed = (text: string) => bagOfWords(wordsOf(text).slice(0, maxTokens - 2), dimensions);
  return {
    id,
    dimensions,
    pooling: 'mean',
    maxTokens,
    calls,
    countTokens: (text) => wordsOf(text).length,
    async embedQuery(text) {
      calls.push({ type: 'query', text });
      if (failure) throw failure;
      return embed(text);
    },
    async embedPassages(passages) {
      calls.push({ type: 'passages', passages });
      if (failure) throw failure;
      return passages.map(({ context, text, sentences }) => ({
        vector: embed(`${context}\n${text}`),
        sentenceVectors: sentences.map(({ start, end }) => embed(text.slice(start, end))),
      }));
    },
  };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function bagOfWords(words: readonly string[], dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  for (const word of words) {
    const bucket = hash(word) % dimensions;
    vector[bucket] = (vector[bucket] ?? 0) + 1;
  }
  if (words.length === 0) vector[0] = 1;
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** FNV-1a, 32 bits, over UTF-16 code units. */
function hash(word: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < word.length; index++) {
    value = Math.imul(value ^ word.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}
