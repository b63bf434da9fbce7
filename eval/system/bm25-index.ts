import { bm25Terms } from './bm25-terms.ts';

export interface Bm25Options {
  /** Term-frequency saturation; 0.9 in Anserini's BEIR runs, 1.2 in Lucene. */
  readonly k1: number;
  /** Length normalisation; 0.4 in Anserini's BEIR runs, 0.75 in Lucene. */
  readonly b: number;
}

interface Posting {
  readonly document: number;
  readonly count: number;
}

/**
 * An in-memory BM25 index: `add` texts, then `search` gives positions of `add` with scores, best first, ties by position.
 * Source: Robertson & Zaragoza 2009, with the never-negative idf of Lucene, ln(1 + (N − n + 0.5) / (n + 0.5)).
 */
export function createBm25Index({ k1, b }: Bm25Options) {
  const postings = new Map<string, Posting[]>();
  const lengths: number[] = [];
  let totalLength = 0;

  function add(text: string): void {
    const terms = bm25Terms(text);
    const counts = new Map<string, number>();
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
    for (const [term, count] of counts) {
      const list = postings.get(term);
      if (list) list.push({ document: lengths.length, count });
      else postings.set(term, [{ document: lengths.length, count }]);
    }
    lengths.push(terms.length);
    totalLength += terms.length;
  }

  function search(query: string, limit: number): { position: number; score: number }[] {
    const scores = new Map<number, number>();
    for (const term of bm25Terms(query)) {
      const list = postings.get(term) ?? [];
      const idf = Math.log(1 + (lengths.length - list.length + 0.5) / (list.length + 0.5));
      for (const { document, count } of list) {
        const length = (lengths[document] ?? 0) / (totalLength / lengths.length);
        const weight = (count * (k1 + 1)) / (count + k1 * (1 - b + b * length));
        scores.set(document, (scores.get(document) ?? 0) + idf * weight);
      }
    }
    const found = [...scores].map(([position, score]) => ({ position, score }));
    return found.sort((x, y) => y.score - x.score || x.position - y.position).slice(0, limit);
  }

  return { add, search };
}
