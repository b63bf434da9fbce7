import { IbidError } from './errors.ts';

/** Furthest that the squared length of a "unit" vector may be from 1; single precision stays well within it. */
const TOLERANCE = 0.02;

/**
 * Throws `embedder_failed` unless `vector` has `dimensions` finite numbers and length 1.
 * A NaN or an infinity makes the sum of squares fail the same comparison.
 */
export function assertUnitVector(vector: Float32Array, dimensions: number, of: string): void {
  if (vector.length !== dimensions) {
    throw new IbidError(
      'embedder_failed',
      `The vector of ${of} has ${vector.length} numbers, the index ${dimensions}. Use the embedder that made the index, or run \`npx ibid ingest --rebuild\`.`,
    );
  }
  if (Math.abs(dotProduct(vector, 0, vector, 0, dimensions) - 1) <= TOLERANCE) return;
  throw new IbidError(
    'embedder_failed',
    `The vector of ${of} is not a unit vector of finite numbers. Check the embedder, then run \`npx ibid ingest\` again.`,
  );
}

/** Dot product of `count` numbers from `a[i]` and `b[j]` on; four sums at once keep the processor's pipeline full. */
export function dotProduct(a: Float32Array, i: number, b: Float32Array, j: number, count: number): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  let k = 0;
  for (; k + 3 < count; k += 4) {
    first += (a[i + k] as number) * (b[j + k] as number);
    second += (a[i + k + 1] as number) * (b[j + k + 1] as number);
    third += (a[i + k + 2] as number) * (b[j + k + 2] as number);
    fourth += (a[i + k + 3] as number) * (b[j + k + 3] as number);
  }
  for (; k < count; k++) first += (a[i + k] as number) * (b[j + k] as number);
  return first + second + third + fourth;
}
