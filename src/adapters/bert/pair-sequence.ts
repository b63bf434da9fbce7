import type { Span } from '../../model/document.ts';
import type { ReadingText } from '../../ports/cross-encoder.ts';
import type { WordPieces } from './word-pieces.ts';

/** What a cross-encoder's graph reads for one pair of texts. */
export interface PairSequence {
  /** `[CLS] first [SEP] context . sentences [SEP]`. */
  readonly tokens: Int32Array<ArrayBuffer>;
  /** 1 from behind the first `[SEP]` on, else 0. */
  readonly segments: Float32Array<ArrayBuffer>;
  /** Tokens of each sentence; undefined for one that has none or was cut off. */
  readonly ranges: readonly (Span | undefined)[];
}

/** As the model was trained: more of a question or of a context is cut off. */
const FIRST_TOKENS = 48;
const CONTEXT_TOKENS = 16;

/** Writes a question (or a claim) and a text as one sequence of at most `maxTokens`. */
export function toPairSequence(
  pieces: WordPieces,
  { first, second }: { readonly first: string; readonly second: ReadingText },
  maxTokens: number,
): PairSequence {
  const tokens = [pieces.begin, ...pieces.encode(first, FIRST_TOKENS), pieces.end];
  const behindFirst = tokens.length;
  const context = pieces.encode(second.context, CONTEXT_TOKENS);
  if (context.length > 0) tokens.push(...context, ...pieces.encode('.', 1));
  const ranges = second.sentences.map((sentence) => {
    const start = tokens.length;
    for (const id of pieces.encode(sentence, maxTokens - 1 - start)) tokens.push(id);
    return tokens.length > start ? { start, end: tokens.length } : undefined;
  });
  tokens.push(pieces.end);
  return {
    tokens: Int32Array.from(tokens),
    segments: Float32Array.from(tokens, (_, index) => (index < behindFirst ? 0 : 1)),
    ranges,
  };
}
