import type { RankedDocument } from '../prediction.ts';

/** Documents by the best of their passages, which come best first. */
export function rankDocuments(
  passages: readonly { docId: string; score: number }[],
  limit: number,
): RankedDocument[] {
  const best = new Map<string, number>();
  for (const { docId, score } of passages) if (!best.has(docId)) best.set(docId, score);
  return [...best].slice(0, limit).map(([doc_id, score]) => ({ doc_id, score }));
}
