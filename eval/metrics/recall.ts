/** Graded relevance of documents to one question: document id → gain; gains of 0 or less are not relevant. */
export type Relevance = ReadonlyMap<string, number>;

/**
 * Recall@k in [0, 1]: the share of the relevant documents that stand among the first `k` of `ranked`.
 * Undefined where nothing is relevant. Source: trec_eval `recall.k`.
 */
export function recallAt(ranked: readonly string[], relevance: Relevance, k: number): number | undefined {
  const relevant = [...relevance].filter(([, gain]) => gain > 0).map(([id]) => id);
  if (relevant.length === 0) return undefined;
  const top = new Set(ranked.slice(0, k));
  return relevant.filter((id) => top.has(id)).length / relevant.length;
}
