import { type Best, bestScores } from './best-scores.ts';
import { unpackPostings } from './posting-list.ts';

/** What a score depends on beside the postings, for every passage of one generation. */
export interface PassageLengths {
  readonly passages: number;
  /** Under a passage's key: how much its length, over the average, dampens a term's count. */
  readonly dampening: Float32Array;
}

/** The posting list of one term, in its blocks. */
export interface TermPostings {
  /** In how many passages the term occurs. */
  readonly frequency: number;
  readonly blocks: readonly { readonly block: number; readonly list: ArrayBuffer }[];
}

/** Gives the best of the passages that hold one of the terms, of those in `within` when given. */
export type Scorer = (terms: readonly TermPostings[], limit: number, within?: ReadonlySet<number>) => Best;

const K1 = 1.2;
const B = 0.75;

/** `lengths[i]`, in terms, is that of the passage with the key `keys[i]`. */
export function passageLengths(keys: readonly number[], lengths: readonly number[]): PassageLengths {
  const passages = keys.length;
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, passages) || 1;
  const largest = keys.reduce((most, key) => Math.max(most, key), 0);
  const dampening = new Float32Array(largest + 1);
  keys.forEach((key, i) => {
    dampening[key] = K1 * (1 - B + (B * (lengths[i] ?? 0)) / average);
  });
  return { passages, dampening };
}

/**
 * Scores every passage that holds one of the terms:
 * BM25 as in Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with k1 = 1.2, b = 0.75
 * and an inverse document frequency that stays positive. The scorer's memory is used again by its next call.
 */
export function createScorer(lengths: PassageLengths): Scorer {
  const scores = new Float64Array(lengths.dampening.length);
  const touched = new Uint32Array(lengths.dampening.length);
  return (terms, limit, within) => {
    let count = 0;
    for (const { frequency, blocks } of terms) {
      const weight = inverseDocumentFrequency(frequency, lengths.passages);
      for (const { block, list } of blocks) {
        count = addScores(block, list, weight, lengths.dampening, scores, touched, count);
      }
    }
    const wanted = within ? touched.subarray(0, count).filter((key) => within.has(key)) : touched;
    const best = bestScores(wanted, within ? wanted.length : count, scores, limit);
    for (let i = 0; i < count; i++) scores[touched[i] as number] = 0;
    return best;
  };
}

function inverseDocumentFrequency(frequency: number, passages: number): number {
  return Math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5));
}

/** Adds what one block's postings score; returns how many passages are touched now. */
function addScores(
  block: number,
  list: ArrayBuffer,
  weight: number,
  dampening: Float32Array,
  scores: Float64Array,
  touched: Uint32Array,
  touchedBefore: number,
): number {
  const { keys, counts, length } = unpackPostings(block, list);
  let count = touchedBefore;
  for (let i = 0; i < length; i++) {
    const key = keys[i] as number;
    const occurrences = counts[i] as number;
    const score = scores[key] as number;
    if (score === 0) touched[count++] = key;
    scores[key] = score + (weight * occurrences * (K1 + 1)) / (occurrences + (dampening[key] as number));
  }
  return count;
}
