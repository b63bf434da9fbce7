/**
 * A posting list says which passages hold a term, and how often. It is stored in blocks of a fixed range of passage keys, so that
 * a change rewrites only the blocks of its own passages.
 */
export interface Postings {
  /** Passage keys, ascending. */
  readonly keys: ArrayLike<number>;
  /** How often the term occurs in each, 1 or more. */
  readonly counts: ArrayLike<number>;
  readonly length: number;
}

/** Passage keys in a block: at 100,000 passages the commonest term has two, and rewriting one takes a millisecond. */
export const BLOCK_SPAN = 65_536;

/** A distance within a block takes at most three bytes, a count five. */
const MOST_BYTES = 8;

export function blockOf(key: number): number {
  return Math.floor(key / BLOCK_SPAN);
}

/**
 * Packs the postings of one block: for each passage the distance from the one before (the first from the block's start),
 * doubled, plus one when a count other than 1 follows; numbers as LEB128 varints. Most postings so take one byte or two.
 */
export function packPostings(block: number, { keys, counts, length }: Postings): Uint8Array {
  const packed = new Uint8Array(length * MOST_BYTES);
  let end = 0;
  let previous = block * BLOCK_SPAN;
  for (let i = 0; i < length; i++) {
    const key = keys[i] as number;
    const count = counts[i] as number;
    end = writeVarint(packed, end, (key - previous) * 2 + (count === 1 ? 0 : 1));
    if (count !== 1) end = writeVarint(packed, end, count);
    previous = key;
  }
  return packed.slice(0, end);
}

/** Returns where the next number goes. */
function writeVarint(packed: Uint8Array, start: number, value: number): number {
  let at = start;
  let rest = value;
  for (; rest > 127; rest >>>= 7) packed[at++] = (rest & 127) | 128;
  packed[at++] = rest;
  return at;
}

const keys = new Uint32Array(BLOCK_SPAN);
const counts = new Uint32Array(BLOCK_SPAN);

/** Unpacks a block into arrays that the next call uses again: read them, or copy them, before that. */
export function unpackPostings(block: number, blob: ArrayBuffer): Postings {
  const bytes = new Uint8Array(blob);
  const end = bytes.length;
  let length = 0;
  let key = block * BLOCK_SPAN;
  for (let at = 0; at < end; ) {
    let byte = bytes[at++] as number;
    let value = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[at++] as number;
      value |= (byte & 127) << shift;
    }
    let count = 1;
    if ((value & 1) === 1) {
      byte = bytes[at++] as number;
      count = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = bytes[at++] as number;
        count |= (byte & 127) << shift;
      }
    }
    key += value >>> 1;
    keys[length] = key;
    counts[length] = count;
    length += 1;
  }
  return { keys, counts, length };
}
