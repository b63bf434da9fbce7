import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrapInterval } from './bootstrap.ts';
import { mean } from './mean.ts';
import { pairedBootstrap } from './paired-bootstrap.ts';
import { percentile } from './percentile.ts';
import { createRandom } from './random.ts';

const options = { resamples: 500, seed: 7 };

describe('statistics', () => {
  it('the generator repeats itself for a seed and spreads over [0, 1)', () => {
    const [left, right] = [createRandom(1), createRandom(1)];
    const values = Array.from({ length: 2000 }, () => left());
    expect(Array.from({ length: 2000 }, () => right())).toEqual(values);
    expect(mean(values)).toBeGreaterThan(0.47);
    expect(mean(values)).toBeLessThan(0.53);
    expect(createRandom(2)()).not.toBe(values[0]);
  });

  it('percentiles interpolate between order statistics', () => {
    expect(percentile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(percentile([10, 20, 30], 0.95)).toBeCloseTo(29, 12);
    expect(percentile([5], 0.95)).toBe(5);
    expect(percentile([], 0.5)).toBeUndefined();
  });

  it('the bootstrap interval of a share is near the normal one', () => {
    const cases = Array.from({ length: 400 }, (_, index) => (index % 4 === 0 ? 0 : 1));
    const interval = bootstrapInterval(cases, mean, { resamples: 2000, seed: 3 });
    const half = 1.96 * Math.sqrt((0.75 * 0.25) / 400);
    expect(interval?.low).toBeCloseTo(0.75 - half, 1.8);
    expect(interval?.high).toBeCloseTo(0.75 + half, 1.8);
  });

  it('the bootstrap interval lies within the data, is repeatable, and is a point for equal values', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 20 }), (cases) => {
        const interval = bootstrapInterval(cases, mean, { resamples: 50, seed: 1 });
        expect(interval).toEqual(bootstrapInterval(cases, mean, { resamples: 50, seed: 1 }));
        expect(interval?.low).toBeGreaterThanOrEqual(Math.min(...cases) - 1e-9);
        expect(interval?.high).toBeLessThanOrEqual(Math.max(...cases) + 1e-9);
      }),
      { numRuns: 30 },
    );
    expect(bootstrapInterval([2, 2, 2], mean, options)).toEqual({ low: 2, high: 2 });
  });

  it('a large drop is significant, noise and equality are not', () => {
    const pairs = (after: (index: number) => number) =>
      Array.from({ length: 100 }, (_, index) => ({ before: index % 2, after: after(index) }));
    const drop = pairedBootstrap(
      pairs((index) => (index < 30 ? 0 : index % 2)),
      mean,
      options,
    );
    expect(drop?.delta).toBeCloseTo(-0.15, 12);
    expect(drop?.pLower).toBeLessThan(0.01);
    expect(drop?.interval.high).toBeLessThan(0);
    const same = pairedBootstrap(
      pairs((index) => index % 2),
      mean,
      options,
    );
    expect(same).toEqual({ delta: 0, interval: { low: 0, high: 0 }, pLower: 1, pHigher: 1 });
    const swapped = pairedBootstrap(
      pairs((index) => (index < 2 ? 1 - (index % 2) : index % 2)),
      mean,
      options,
    );
    expect(swapped?.pLower).toBeGreaterThan(0.05);
  });

  it('an empty set has no mean and no difference', () => {
    expect(mean([])).toBeUndefined();
    expect(pairedBootstrap<number>([], mean, options)).toBeUndefined();
  });
});
