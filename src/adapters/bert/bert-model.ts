import type { BertConfig } from './bert-config.ts';
import type { Pooling } from './onnx-messages.ts';
import type { Prefixes } from './prefixes.ts';

/** A sentence-embedding model of the BERT family: what it is, and how its files are read. */
export interface BertModel {
  /** Names it with all that its vectors depend on, besides their precision: letters, digits, `.`, `_`, `-` and `/`. */
  readonly identity: string;
  readonly dimensions: number;
  /** Longest input in tokens, special tokens included. */
  readonly maxTokens: number;
  readonly pooling: Pooling;
  readonly prefixes: Prefixes;
  /** Of the weights file, in hex. */
  readonly weightsSha256: string;
  readConfig(): BertConfig;
  /** The text of tokenizer.json. */
  readTokenizer(): string;
  /** A safetensors file. */
  readWeights(): Uint8Array;
}
