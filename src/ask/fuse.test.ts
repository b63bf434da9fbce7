import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuse, meanOf } from './fuse.ts';

const match = (passageId: string, score: number) => ({ passageId, score });

describe('Fusion', () => {
  it('weighs the cosine against the share of the best BM25', () => {
    const fused = fuse([match('a', 0.8), match('b', 0.4)], [match('b', 20), match('a', 5)], 50);
    expect(fused.map(({ passageId }) => passageId)).toEqual(['a', 'b']);
    expect(fused[0]).toEqual({
      passageId: 'a',
      score: 0.75 * 0.8 + 0.25 * 0.25,
      lexical: 0.25,
      assumedLexical: 0.25,
      via: 'both',
    });
    expect(fused[1]?.score).toBeCloseTo(0.75 * 0.4 + 0.25);
  });

  it('gives what only full text found the last cosine of the list, which it cannot exceed', () => {
    const fused = fuse([match('a', 0.8), match('b', 0.4)], [match('c', 20)], 50);
    expect(fused.find(({ passageId }) => passageId === 'c')).toEqual({
      passageId: 'c',
      score: 0.75 * 0.4 + 0.25,
      lexical: 1,
      assumedLexical: 1,
      via: 'text',
    });
  });

  it('gives what full text did not find half of its last find when its list is full, and nothing when it is not', () => {
    const byVector = [match('a', 0.8)];
    const byText = [match('b', 20), match('c', 10)];
    const score = (limit: number) => fuse(byVector, byText, limit).find((f) => f.passageId === 'a')?.score;
    expect(score(2)).toBeCloseTo(0.75 * 0.8 + 0.25 * 0.25);
    expect(score(3)).toBeCloseTo(0.75 * 0.8);
  });

  it('ranks by full text alone where there is no vector', () => {
    const fused = fuse([], [match('a', 3), match('b', 2)], 50);
    expect(fused.map(({ score, via }) => [score, via])).toEqual([
      [1, 'text'],
      [2 / 3, 'text'],
    ]);
  });

  it('stays in [0, 1] and best first, whatever was found', () => {
    const list = (most: number) =>
      fc
        .uniqueArray(
          fc.tuple(fc.constantFrom(...'abcdefgh'), fc.double({ min: 0, max: most, noNaN: true })),
          {
            selector: ([id]) => id,
          },
        )
        .map((pairs) => pairs.map(([id, score]) => match(id, score)).sort((x, y) => y.score - x.score));
    fc.assert(
      fc.property(list(1), list(40), fc.integer({ min: 1, max: 9 }), (byVector, byText, limit) => {
        const scores = fuse(byVector, byText, limit).map(({ score }) => score);
        expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
        expect(scores).toEqual([...scores].sort((x, y) => y - x));
      }),
    );
  });
});

describe('What several wordings found', () => {
  it('is the mean of their shares of the best, best first', () => {
    const means = meanOf([[match('a', 20), match('b', 5)], [match('b', 3)], []]);
    expect(means.map(({ passageId }) => passageId)).toEqual(['b', 'a']);
    expect(means[0]?.score).toBeCloseTo((0.25 + 1) / 3);
    expect(means[1]?.score).toBeCloseTo(1 / 3);
  });

  it('is the list itself where there is but one', () => {
    const list = [match('a', 20), match('b', 5)];
    expect(meanOf([list])).toBe(list);
    expect(meanOf([])).toEqual([]);
  });
});
