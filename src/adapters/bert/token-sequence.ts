import type { PassageInput } from '../../ports/embedder.ts';
import type { WordPieces } from './word-pieces.ts';

/** What the graph reads for one text. */
export interface TokenSequence {
  /** Special tokens included. */
  readonly tokens: Int32Array<ArrayBuffer>;
  /** `start, end` of each sentence that has tokens, one after the other. */
  readonly ranges: Int32Array<ArrayBuffer>;
  /** For each sentence its place among the ranges; -1 when it has no tokens or was cut off. */
  readonly rangeOfSentence: readonly number[];
}

/**
 * Writes context and text as one sequence of at most `maxTokens`, keeping where each sentence lies in it.
 * Context takes at most half, so that some of the text is always read.
 */
export function toTokenSequence(pieces: WordPieces, input: PassageInput, maxTokens: number): TokenSequence {
  const room = maxTokens - 2;
  const tokens = [pieces.begin, ...pieces.encode(input.context, Math.floor(room / 2))];
  const read = (start: number, end: number) => {
    for (const id of pieces.encode(input.text.slice(start, end), room + 1 - tokens.length)) tokens.push(id);
  };
  const ranges: number[] = [];
  const rangeOfSentence: number[] = [];
  let position = 0;
  for (const { start, end } of input.sentences) {
    read(position, start);
    const begin = tokens.length;
    read(Math.max(start, position), end);
    rangeOfSentence.push(tokens.length > begin ? ranges.length / 2 : -1);
    if (tokens.length > begin) ranges.push(begin, tokens.length);
    position = Math.max(position, end);
  }
  read(position, input.text.length);
  tokens.push(pieces.end);
  return { tokens: Int32Array.from(tokens), ranges: Int32Array.from(ranges), rangeOfSentence };
}
