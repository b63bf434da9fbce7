import type { Span } from '../model/document.ts';

/** A text to embed: `context` (title and headings) is read with it, `sentences` are spans within `text`. */
export interface PassageInput {
  readonly context: string;
  readonly text: string;
  readonly sentences: readonly Span[];
}

/** Unit vectors of one passage: the whole, and one for each of its sentences (none where a model cannot give them). */
export interface PassageEmbedding {
  readonly vector: Float32Array;
  readonly sentenceVectors: readonly Float32Array[];
}

/** Turns texts into unit vectors of `dimensions` numbers. Rejects with `embedder_failed`. */
export interface Embedder {
  /** Identity of weights and numeric precision, e.g. `minilm-l6-v2/fp32`. */
  readonly id: string;
  readonly dimensions: number;
  readonly pooling: string;
  /** Longest input in tokens, special tokens included; more is cut off. */
  readonly maxTokens: number;
  /** Tokens of `text`, without special tokens. */
  countTokens(text: string): number;
  embedQuery(text: string): Promise<Float32Array>;
  /** Vectors in the order of `passages`, each independent of what else is in the batch. */
  embedPassages(passages: readonly PassageInput[]): Promise<PassageEmbedding[]>;
}
