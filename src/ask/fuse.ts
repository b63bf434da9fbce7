/** A passage found by one retriever or both, with each one's score where it was found. */
export interface Found {
  readonly passageId: string;
  /** Cosine similarity. */
  readonly cosine: number | undefined;
  /** BM25. */
  readonly bm25: number | undefined;
}

/** Weight of the cosine in the fused score; measured in docs/quality.md against reciprocal-rank fusion. */
export const COSINE_WEIGHT = 0.75;

/**
 * Convex combination of cosine and BM25, the latter divided by the best of the list
 * (Bruch, Gai, Ingber: An Analysis of Fusion Functions for Hybrid Retrieval, 2023). In [0, 1], higher is better.
 * Where a retriever did not find a passage, it can be no better than that retriever's last find, so half of that counts for BM25.
 */
export function fuse(cosine: number | undefined, bm25: number | undefined, scale: FusionScale): number {
  const lexical = (bm25 ?? scale.lowestBm25 / 2) / scale.topBm25;
  if (cosine === undefined) return clamp(lexical);
  return clamp(COSINE_WEIGHT * cosine + (1 - COSINE_WEIGHT) * lexical);
}

export interface FusionScale {
  readonly topBm25: number;
  readonly lowestBm25: number;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
