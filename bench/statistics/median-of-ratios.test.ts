import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percentile } from '../../eval/metrics/percentile.ts';
import { medianOfRatios } from './median-of-ratios.ts';

test('the median of ratios pairs the rounds and is not the ratio of medians', () => {
  expect(medianOfRatios([10, 20, 90], [1, 10, 10])).toBe(9);
  expect(medianOfRatios([4, 9], [2, 3])).toBe(2.5);
  expect(medianOfRatios([], [])).toBeUndefined();
});

test('a machine that is slower in some rounds does not change the ratio', () => {
  const slowness = fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(slowness, (factors) => {
      const ratio = medianOfRatios(
        factors.map((factor) => 12 * factor),
        factors.map((factor) => 3 * factor),
      );
      expect(ratio).toBeCloseTo(4, 9);
    }),
  );
});

test('rounds that do not pair up or divide by nothing are refused', () => {
  expect(() => medianOfRatios([1, 2], [1])).toThrow(RangeError);
  expect(() => medianOfRatios([1], [0])).toThrow(RangeError);
  expect(() => medianOfRatios([Number.NaN], [1])).toThrow(RangeError);
});

test('percentiles of a run of numbers are what one counts by hand', () => {
  const values = Array.from({ length: 101 }, (_, index) => 100 - index);
  expect([percentile(values, 0.5), percentile(values, 0.95), percentile([], 0.5)]).toEqual([
    50,
    95,
    undefined,
  ]);
});
