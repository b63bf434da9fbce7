import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COSINE_WEIGHT, fuse } from './fuse.ts';

const SCALE = { topBm25: 8, lowestBm25: 2 };

describe('Fusion', () => {
  it('weighs the cosine against the share of the best BM25', () => {
    expect(fuse(0.6, 8, SCALE)).toBeCloseTo(COSINE_WEIGHT * 0.6 + (1 - COSINE_WEIGHT), 10);
    expect(fuse(0.6, 4, SCALE)).toBeCloseTo(COSINE_WEIGHT * 0.6 + (1 - COSINE_WEIGHT) / 2, 10);
  });

  it('takes half of the last find for what full text did not find', () => {
    expect(fuse(0.6, undefined, SCALE)).toBeCloseTo(fuse(0.6, 1, SCALE), 10);
    expect(fuse(0.6, undefined, SCALE)).toBeLessThan(fuse(0.6, 2, SCALE));
  });

  it('ranks by full text alone where there is no cosine', () => {
    expect(fuse(undefined, 8, SCALE)).toBe(1);
    expect(fuse(undefined, 4, SCALE)).toBe(0.5);
  });

  it('stays in [0, 1] and never falls when either score grows', () => {
    const cosine = fc.double({ min: -1, max: 1, noNaN: true });
    const bm25 = fc.double({ min: 0, max: SCALE.topBm25, noNaN: true });
    fc.assert(
      fc.property(cosine, cosine, bm25, bm25, (a, b, x, y) => {
        const [low, high] = [
          fuse(Math.min(a, b), Math.min(x, y), SCALE),
          fuse(Math.max(a, b), Math.max(x, y), SCALE),
        ];
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(high);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('gives numbers also when full text found nothing at all', () => {
    expect(fuse(0.4, undefined, { topBm25: Number.EPSILON, lowestBm25: 0 })).toBeCloseTo(
      COSINE_WEIGHT * 0.4,
      10,
    );
  });
});
