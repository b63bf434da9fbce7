import type { Via } from '../model/passage.ts';
import type { TextMatch } from '../ports/passage-store.ts';
import type { VectorMatch } from '../ports/vector-index.ts';

/** A passage that one retriever or both found. */
export interface Fused {
  readonly passageId: string;
  /** In [0, 1], higher is better. */
  readonly score: number;
  /** BM25 over the best BM25 of the query, in [0, 1]; 0 where full text did not find it. */
  readonly lexical: number;
  /** The same, with what is assumed of it where full text did not find it. */
  readonly assumedLexical: number;
  readonly via: Via;
}

/** Weight of the cosine in the fused score; docs/quality.md measures it against others and reciprocal-rank fusion. */
const COSINE_WEIGHT = 0.75;
/** What a passage that full text did not find is given, of what the last one found has. */
const UNFOUND_BM25 = 0.5;

/**
 * Ranks what both retrievers found as one list, best first: a convex combination of cosine and BM25, the latter over the
 * best BM25 of the list (Bruch, Gai, Ingber: An Analysis of Fusion Functions for Hybrid Retrieval, 2023).
 * Both lists come best first. A passage that a full list lacks scores no better than that list's last. A list shorter than
 * `limit` holds all there is, so what it lacks has no score there.
 */
export function fuse(byVector: readonly VectorMatch[], byText: readonly TextMatch[], limit: number): Fused[] {
  const cosines = new Map(byVector.map((match) => [match.passageId, match.score]));
  const bm25s = new Map(byText.map((match) => [match.passageId, match.score]));
  const best = byText[0]?.score || Number.EPSILON;
  const lastBm25 = byText.length < limit ? 0 : (byText.at(-1)?.score ?? 0);
  const lastCosine = byVector.at(-1)?.score ?? 0;
  const weight = byVector.length > 0 ? COSINE_WEIGHT : 0;
  return [...new Set([...cosines.keys(), ...bm25s.keys()])]
    .map((passageId): Fused => {
      const cosine = cosines.get(passageId) ?? lastCosine;
      const assumedLexical = (bm25s.get(passageId) ?? lastBm25 * UNFOUND_BM25) / best;
      return {
        passageId,
        score: combine(cosine, assumedLexical, weight),
        lexical: (bm25s.get(passageId) ?? 0) / best,
        assumedLexical,
        via: viaOf(cosines.has(passageId), bm25s.has(passageId)),
      };
    })
    .sort((a, b) => b.score - a.score || (a.passageId < b.passageId ? -1 : 1));
}

/** What several wordings of one question found, as one list, best first: each passage's mean share of a wording's best BM25. */
export function meanOf(lists: readonly (readonly TextMatch[])[]): readonly TextMatch[] {
  const [only = []] = lists;
  if (lists.length < 2) return only;
  const scores = new Map<string, number>();
  for (const list of lists) {
    const best = list[0]?.score || Number.EPSILON;
    for (const { passageId, score } of list)
      scores.set(passageId, (scores.get(passageId) ?? 0) + score / best / lists.length);
  }
  return [...scores]
    .map(([passageId, score]) => ({ passageId, score }))
    .sort((a, b) => b.score - a.score || (a.passageId < b.passageId ? -1 : 1));
}

function viaOf(vector: boolean, text: boolean): Via {
  if (vector && text) return 'both';
  return vector ? 'vector' : 'text';
}

/** The fused score, in [0, 1], of a cosine and a share of the best BM25. */
export function combine(cosine: number, lexical: number, weight = COSINE_WEIGHT): number {
  return Math.min(1, Math.max(0, weight * cosine + (1 - weight) * lexical));
}
