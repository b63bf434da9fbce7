/** Passage keys with their scores, best first; of equal scores the lower key is first. */
export interface Best {
  readonly keys: readonly number[];
  readonly scores: readonly number[];
}

/** The `limit` best of the `count` first `candidates`, whose scores, above 0, stand in `scores` under their keys. */
export function bestScores(
  candidates: Uint32Array,
  count: number,
  scores: Float64Array,
  limit: number,
): Best {
  const size = Math.min(limit, count);
  const keys: number[] = new Array<number>(size).fill(0);
  const best: number[] = new Array<number>(size).fill(0);
  let worst = 0;
  for (let i = 0; i < count; i++) {
    const key = candidates[i] as number;
    const score = scores[key] as number;
    if (score < worst) continue;
    // Few candidates get this far, so that shifting a short list is cheaper than a heap.
    let place = size;
    while (place > 0 && isBefore(score, key, best[place - 1] as number, keys[place - 1] as number)) place--;
    if (place === size) continue;
    for (let at = size - 1; at > place; at--) {
      best[at] = best[at - 1] as number;
      keys[at] = keys[at - 1] as number;
    }
    best[place] = score;
    keys[place] = key;
    worst = best[size - 1] as number;
  }
  return { keys, scores: best };
}

function isBefore(score: number, key: number, otherScore: number, otherKey: number): boolean {
  return score > otherScore || (score === otherScore && key < otherKey);
}
