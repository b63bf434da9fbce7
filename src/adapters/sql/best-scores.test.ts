import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestScores } from './best-scores.ts';

test('The best scores are those that sorting gives, the lower key first among equals', () => {
  const score = fc.integer({ min: 1, max: 5 });
  fc.assert(
    fc.property(fc.array(score, { maxLength: 60 }), fc.nat(70), fc.boolean(), (list, limit, reversed) => {
      const keys = list.map((_, key) => key);
      const sorted = keys.toSorted((a, b) => (list[b] ?? 0) - (list[a] ?? 0) || a - b).slice(0, limit);
      const candidates = Uint32Array.from(reversed ? keys.toReversed() : keys);
      expect(bestScores(candidates, keys.length, Float64Array.from(list), limit)).toEqual({
        keys: sorted,
        scores: sorted.map((key) => list[key]),
      });
    }),
  );
});
