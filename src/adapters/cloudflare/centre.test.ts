import { describe, expect, it } from 'vitest';
import { dotProduct } from '../../model/unit-vector.ts';
import { sampleVector } from '../../testing/sample-index.ts';
import { findCentre, withoutCentre } from './centre.ts';

const DIMENSIONS = 64;
const cosine = (a: Float32Array, b: Float32Array) => dotProduct(a, 0, b, 0, DIMENSIONS);
const unit = (vector: Float32Array) => vector.map((number) => number / Math.hypot(...vector));
const vectors = (from: number, common: number) =>
  Array.from({ length: 48 }, (_, at) =>
    unit(sampleVector(from + at, DIMENSIONS).map((number) => number + common / Math.sqrt(DIMENSIONS))),
  );

function meanCosine(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  return (
    a.flatMap((one) => b.map((other) => cosine(one, other))).reduce((so, x) => so + x, 0) /
    a.length /
    b.length
  );
}

describe('What the vectors of a model have in common', () => {
  it('is taken away until unrelated texts are no more alike than usual', () => {
    const [statements, questions] = [vectors(0, 1), vectors(100, 1)];
    expect(meanCosine(statements, questions)).toBeGreaterThan(0.4);
    const centre = findCentre(statements, questions);
    const freed = meanCosine(
      statements.map((vector) => withoutCentre(vector, centre.passages)),
      questions.map((vector) => withoutCentre(vector, centre.questions)),
    );
    expect(Math.abs(freed)).toBeLessThan(0.1);
  });

  it('is nothing where a model tells texts apart as it is', () => {
    const { passages, questions } = findCentre(vectors(0, 0), vectors(100, 0));
    expect(Math.max(...passages.map(Math.abs), ...questions.map(Math.abs))).toBe(0);
    const vector = sampleVector(7, DIMENSIONS);
    expect(cosine(withoutCentre(vector, passages), vector)).toBeCloseTo(1, 6);
  });

  it('leaves unit vectors even of a model that gives one vector to all texts', () => {
    const same = Array.from({ length: 48 }, () => sampleVector(1, DIMENSIONS));
    const { passages } = findCentre(same, same);
    expect(
      cosine(withoutCentre(sampleVector(1, DIMENSIONS), passages), sampleVector(1, DIMENSIONS)),
    ).toBeCloseTo(1, 4);
  });
});
