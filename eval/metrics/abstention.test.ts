import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answeredWrongRate } from './answered-wrong-rate.ts';
import { auroc } from './auroc.ts';
import { calibrationError, reliabilityBins } from './calibration-error.ts';
import { declineF1 } from './decline-f1.ts';
import { coverageAtRisk, riskCoverage } from './risk-coverage.ts';

const judged = (confidence: number, positive: boolean) => ({ confidence, positive });
const outcome = (confidence: number, right: boolean, answered = true) => ({ confidence, right, answered });
const judgedList = fc.array(
  fc.record({ confidence: fc.integer({ min: 0, max: 20 }).map((n) => n / 20), positive: fc.boolean() }),
  { maxLength: 40 },
);

describe('abstention metrics', () => {
  it('AUROC counts the pairs in the right order, ties half', () => {
    const items = [judged(0.9, true), judged(0.4, true), judged(0.4, false), judged(0.1, false)];
    expect(auroc(items)).toBeCloseTo((1 + 1 + 0.5 + 1) / 4, 12);
    expect(auroc([judged(0.9, true)])).toBeUndefined();
  });

  it('AUROC equals the pairwise definition, and turning confidences round mirrors it', () => {
    fc.assert(
      fc.property(judgedList, (items) => {
        const value = auroc(items);
        if (value === undefined) return;
        const [yes, no] = [items.filter((i) => i.positive), items.filter((i) => !i.positive)];
        const wins = yes.flatMap((a) => no.map((b) => (Math.sign(a.confidence - b.confidence) + 1) / 2));
        expect(value).toBeCloseTo(wins.reduce((x, y) => x + y, 0) / wins.length, 10);
        const mirrored = items.map((i) => ({ ...i, confidence: 1 - i.confidence }));
        expect(auroc(mirrored)).toBeCloseTo(1 - value, 10);
      }),
    );
  });

  it('F1 of declining has unanswerable and declined as its true positive', () => {
    const cases = [
      { answerable: false, declined: true },
      { answerable: false, declined: false },
      { answerable: true, declined: true },
      { answerable: true, declined: false },
    ];
    expect(declineF1(cases)).toBe(0.5);
    expect(declineF1([{ answerable: true, declined: true }])).toBeUndefined();
  });

  it('calibration error with equal-width bins, by hand', () => {
    const items = [judged(0.95, true), judged(0.91, false), judged(0.12, false), judged(0.18, false)];
    expect(calibrationError(items, 'width')).toBeCloseTo(0.5 * Math.abs(0.5 - 0.93) + 0.5 * 0.15, 12);
    expect(calibrationError([], 'width')).toBeUndefined();
  });

  it('calibration error with equal-mass bins, by hand', () => {
    const items = [judged(0.9, true), judged(0.8, true), judged(0.3, false), judged(0.2, true)];
    expect(calibrationError(items, 'mass', 2)).toBeCloseTo(0.5 * 0.15 + 0.5 * 0.25, 12);
    expect(reliabilityBins(items, 'mass', 2).map((bin) => bin.count)).toEqual([2, 2]);
  });

  it('bins hold every case once, do not hang on order, and keep the error in [0, 1]', () => {
    fc.assert(
      fc.property(judgedList, (items) => {
        for (const binning of ['width', 'mass'] as const) {
          const bins = reliabilityBins(items, binning);
          expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(items.length);
          const value = calibrationError(items, binning);
          if (value === undefined) continue;
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
          expect(calibrationError([...items].reverse(), binning)).toBeCloseTo(value, 10);
        }
      }),
    );
  });

  it('risk and coverage rise through the confidences, over all questions', () => {
    const items = [outcome(0.9, true), outcome(0.8, false), outcome(0.7, true), outcome(0.1, true, false)];
    expect(riskCoverage(items)).toEqual([
      { coverage: 0.25, risk: 0, threshold: 0.9 },
      { coverage: 0.5, risk: 0.5, threshold: 0.8 },
      { coverage: 0.75, risk: 1 / 3, threshold: 0.7 },
    ]);
    expect(coverageAtRisk(items, 0.05)).toBe(0.25);
    expect(coverageAtRisk(items, 0.4)).toBe(0.75);
    expect(coverageAtRisk([outcome(0.9, false)], 0.05)).toBe(0);
    expect(coverageAtRisk([], 0.05)).toBeUndefined();
  });

  it('equal confidences are answered together', () => {
    expect(coverageAtRisk([outcome(0.5, true), outcome(0.5, false)], 0.05)).toBe(0);
  });

  it('the answered-wrong rate looks at given answers only', () => {
    expect(answeredWrongRate([outcome(1, true), outcome(1, false), outcome(1, false, false)])).toBe(0.5);
    expect(answeredWrongRate([outcome(1, false, false)])).toBeUndefined();
  });
});
