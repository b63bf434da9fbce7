import type { EmbeddingBatch, Pooling } from './onnx-messages.ts';
import type { TokenSequence } from './token-sequence.ts';

/** A batch and where each of its texts came from. */
export interface TokenBatch extends EmbeddingBatch {
  /** Indexes of the texts among the sequences given. */
  readonly indexes: readonly number[];
}

/**
 * Puts sequences of equal length together, as many as have `room` tokens: such texts run as one without padding, so that
 * each comes out as it would alone, and the weights are read from memory once for all of them. A longer one runs alone.
 * Every text has its own vector's range first, then those of its sentences.
 */
export function toBatches(sequences: readonly TokenSequence[], pooling: Pooling, room: number): TokenBatch[] {
  const byLength = new Map<number, number[]>();
  sequences.forEach(({ tokens }, index) => {
    const together = byLength.get(tokens.length) ?? [];
    byLength.set(tokens.length, together);
    together.push(index);
  });
  return [...byLength].flatMap(([length, indexes]) =>
    chunks(indexes, Math.max(1, Math.floor(room / length))).map((chunk) =>
      toBatch(sequences, chunk, length, pooling),
    ),
  );
}

function toBatch(
  sequences: readonly TokenSequence[],
  indexes: readonly number[],
  length: number,
  pooling: Pooling,
): TokenBatch {
  const tokens = new Int32Array(indexes.length * length);
  const ranges: number[] = [];
  indexes.forEach((index, place) => {
    const offset = place * length;
    const sequence = sequences[index];
    if (sequence === undefined) return;
    tokens.set(sequence.tokens, offset);
    ranges.push(offset, offset + (pooling === 'cls' ? 1 : length));
    for (const bound of sequence.ranges) ranges.push(offset + bound);
  });
  return { indexes, texts: indexes.length, tokens, ranges: Int32Array.from(ranges) };
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
