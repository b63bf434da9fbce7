/** Passage keys with their scores, best first; of equal scores the lower key is first. */
export interface Best {
  readonly keys: readonly number[];
  readonly scores: readonly number[];
}

/** The `limit` best of the `count` first `candidates`, whose scores stand in `scores` under their keys. */
export function bestScores(
  candidates: Uint32Array,
  count: number,
  scores: Float64Array,
  limit: number,
): Best {
  const keys: number[] = [];
  const best: number[] = [];
  for (let i = 0; i < count; i++) {
    const key = candidates[i] as number;
    const score = scores[key] as number;
    if (best.length === limit && score < (best[limit - 1] as number)) continue;
    // Few candidates get this far, so that shifting a short list is cheaper than a heap.
    let place = best.length;
    while (place > 0 && isBefore(score, key, best[place - 1] as number, keys[place - 1] as number)) place--;
    if (place === limit) continue;
    best.splice(place, 0, score);
    keys.splice(place, 0, key);
    if (best.length > limit) {
      best.pop();
      keys.pop();
    }
  }
  return { keys, scores: best };
}

function isBefore(score: number, key: number, otherScore: number, otherKey: number): boolean {
  return score > otherScore || (score === otherScore && key < otherKey);
}
