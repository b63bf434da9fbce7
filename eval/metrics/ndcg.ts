import type { Relevance } from './recall.ts';

/**
 * nDCG@k in [0, 1] with linear gains and a log2(rank + 1) discount; a document counts once, where it stands first.
 * Undefined where nothing is relevant.
 * Source: Järvelin & Kekäläinen 2002 in the form of trec_eval `ndcg_cut.k`, which BEIR reports.
 */
export function ndcgAt(ranked: readonly string[], relevance: Relevance, k: number): number | undefined {
  const gains = [...relevance.values()].filter((gain) => gain > 0).sort((a, b) => b - a);
  if (gains.length === 0) return undefined;
  const seen = new Set<string>();
  const found = ranked.slice(0, k).map((id) => {
    const gain = seen.has(id) ? 0 : Math.max(0, relevance.get(id) ?? 0);
    seen.add(id);
    return gain;
  });
  return discounted(found) / discounted(gains.slice(0, k));
}

function discounted(gains: readonly number[]): number {
  return gains.reduce((sum, gain, index) => sum + gain / Math.log2(index + 2), 0);
}
