import type { Relevance } from './recall.ts';

/**
 * Reciprocal rank of the first relevant document among the first `k`, else 0; its mean is MRR@k.
 * Undefined where nothing is relevant. Source: Voorhees 1999, TREC-8 question answering track; cut at k as in MS MARCO.
 */
export function reciprocalRankAt(
  ranked: readonly string[],
  relevance: Relevance,
  k: number,
): number | undefined {
  if (![...relevance.values()].some((gain) => gain > 0)) return undefined;
  const position = ranked.slice(0, k).findIndex((id) => (relevance.get(id) ?? 0) > 0);
  return position < 0 ? 0 : 1 / (position + 1);
}
