import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ndcgAt } from './ndcg.ts';
import { recallAt } from './recall.ts';
import { reciprocalRankAt } from './reciprocal-rank.ts';

const relevance = new Map([
  ['a', 2],
  ['b', 1],
  ['c', 0],
]);

describe('retrieval metrics', () => {
  it('recall counts the relevant among the first k, and gains of 0 as not relevant', () => {
    expect(recallAt(['c', 'b', 'x', 'a'], relevance, 3)).toBe(1 / 2);
    expect(recallAt(['c', 'b', 'x', 'a'], relevance, 4)).toBe(1);
    expect(recallAt([], relevance, 4)).toBe(0);
    expect(recallAt(['a'], new Map([['a', 0]]), 4)).toBeUndefined();
  });

  it('reciprocal rank is one over the first relevant rank within k', () => {
    expect(reciprocalRankAt(['c', 'x', 'b', 'a'], relevance, 10)).toBe(1 / 3);
    expect(reciprocalRankAt(['c', 'x', 'b', 'a'], relevance, 2)).toBe(0);
    expect(reciprocalRankAt(['c'], new Map(), 2)).toBeUndefined();
  });

  it('nDCG has linear gains over log2(rank + 1), as computed by hand', () => {
    const found = 1 / Math.log2(2) + 2 / Math.log2(4);
    const ideal = 2 / Math.log2(2) + 1 / Math.log2(3);
    expect(ndcgAt(['b', 'x', 'a'], relevance, 10)).toBeCloseTo(found / ideal, 12);
    expect(ndcgAt(['b', 'x', 'a'], relevance, 10)).toBeCloseTo(2 / 2.6309297535714573, 12);
    expect(ndcgAt(['x', 'y'], relevance, 10)).toBe(0);
  });

  it('nDCG does not pay twice for a document listed twice', () => {
    expect(ndcgAt(['a', 'a', 'b'], relevance, 10)).toBeLessThan(1);
    expect(ndcgAt(['a', 'b'], relevance, 10)).toBe(1);
  });

  it('stay in [0, 1], reach 1 for the ideal order, and ignore what stands after k', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map(String), { maxLength: 20 });
    const gains = fc.dictionary(fc.integer({ min: 0, max: 30 }).map(String), fc.integer({ min: 0, max: 3 }));
    fc.assert(
      fc.property(ids, gains, ids, (ranked, gainOf, tail) => {
        const judged = new Map(Object.entries(gainOf));
        const long = [...ranked, ...tail.filter((id) => !ranked.includes(id))];
        for (const metric of [recallAt, reciprocalRankAt, ndcgAt]) {
          const value = metric(long, judged, 5);
          if (value === undefined) continue;
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1 + 1e-12);
          expect(metric(long.slice(0, 5), judged, 5)).toBe(value);
        }
        const ideal = [...judged].sort((x, y) => y[1] - x[1]).map(([id]) => id);
        const best = ndcgAt(ideal, judged, 10);
        if (best !== undefined) expect(best).toBeCloseTo(1, 12);
      }),
    );
  });
});
