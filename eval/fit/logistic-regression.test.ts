import { describe, expect, it } from 'vitest';
import { type Example, fitLogistic } from './logistic-regression.ts';

/** Observations drawn from known weights, by a fixed linear congruential generator. */
function draw(count: number): Example<'x' | 'y'>[] {
  let state = 7;
  const random = () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
  return Array.from({ length: count }, () => {
    const features = { x: random() * 4 - 2, y: random() * 10 };
    const probability = 1 / (1 + Math.exp(-(1 + 2 * features.x - 0.5 * features.y)));
    return { features, label: random() < probability ? 1 : 0, weight: 1 } as const;
  });
}

describe('Logistic regression', () => {
  it('finds the weights that made the data', () => {
    const model = fitLogistic(['x', 'y'], draw(20_000));
    expect(model.weights.x).toBeCloseTo(2, 0);
    expect(model.weights.y).toBeCloseTo(-0.5, 1);
    expect(model.bias).toBeCloseTo(1, 0);
  });

  it('counts a weight of 2 as the same observation twice', () => {
    const examples = draw(200);
    const doubled = fitLogistic(['x', 'y'], [...examples, ...examples]);
    const weighted = fitLogistic(
      ['x', 'y'],
      examples.map((example) => ({ ...example, weight: 2 })),
    );
    expect(weighted.weights.x).toBeCloseTo(doubled.weights.x, 6);
    expect(weighted.bias).toBeCloseTo(doubled.bias, 6);
  });

  it('stays finite when a feature never varies or separates perfectly', () => {
    const examples = [0, 1, 2, 3].map(
      (x) => ({ features: { x, y: 1 }, label: x > 1 ? 1 : 0, weight: 1 }) as const,
    );
    const model = fitLogistic(['x', 'y'], examples);
    expect(model.weights.x).toBeGreaterThan(0);
    expect(Number.isFinite(model.bias) && Number.isFinite(model.weights.y)).toBe(true);
  });
});
