import type { LogisticModel } from '../../src/ask/logistic.ts';

/** One labelled observation; `weight` counts it more or less than once. */
export interface Example<Name extends string> {
  readonly features: Readonly<Record<Name, number>>;
  readonly label: 0 | 1;
  readonly weight: number;
}

/** Strength of the pull of standardised weights towards 0. */
const DEFAULT_RIDGE = 1;
const STEPS = 30;
const CONVERGED = 1e-9;

/**
 * Fits a ridge-penalised logistic regression by Newton's method (iteratively reweighted least squares: Hastie,
 * Tibshirani, Friedman, The Elements of Statistical Learning, §4.4.1). Features are standardised for the fit and the
 * weights given back for raw features. Deterministic.
 */
export function fitLogistic<Name extends string>(
  names: readonly Name[],
  examples: readonly Example<Name>[],
  ridge = DEFAULT_RIDGE,
): LogisticModel<Name> {
  const columns = names.map((name) => standardise(examples, name));
  const size = names.length + 1;
  const rows = examples.map((_, i) => [1, ...columns.map((column) => column.values[i] ?? 0)]);
  let beta = new Array<number>(size).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const change = newtonStep(rows, examples, beta, ridge);
    beta = beta.map((value, i) => value + (change[i] ?? 0));
    if (Math.max(...change.map(Math.abs)) < CONVERGED) break;
  }
  const weights = {} as Record<Name, number>;
  let bias = beta[0] ?? 0;
  names.forEach((name, i) => {
    const { mean, deviation } = columns[i] ?? { mean: 0, deviation: 1 };
    const weight = (beta[i + 1] ?? 0) / deviation;
    weights[name] = weight;
    bias -= weight * mean;
  });
  return { bias, weights };
}

function standardise<Name extends string>(examples: readonly Example<Name>[], name: Name) {
  const raw = examples.map((example) => example.features[name]);
  const mean = raw.reduce((sum, value) => sum + value, 0) / raw.length;
  const variance = raw.reduce((sum, value) => sum + (value - mean) ** 2, 0) / raw.length;
  const deviation = Math.sqrt(variance) || 1;
  return { mean, deviation, values: raw.map((value) => (value - mean) / deviation) };
}

function newtonStep(
  rows: readonly (readonly number[])[],
  examples: readonly { label: 0 | 1; weight: number }[],
  beta: readonly number[],
  ridge: number,
): number[] {
  const size = beta.length;
  const gradient = beta.map((value, i) => (i === 0 ? 0 : -ridge * value));
  const hessian = beta.map((_, i) => beta.map((__, j) => (i === j ? (i === 0 ? 1e-9 : ridge) : 0)));
  rows.forEach((row, n) => {
    const { label, weight } = examples[n] ?? { label: 0, weight: 0 };
    let logOdds = 0;
    for (let i = 0; i < size; i++) logOdds += (row[i] ?? 0) * (beta[i] ?? 0);
    const probability = 1 / (1 + Math.exp(-logOdds));
    const error = weight * (label - probability);
    const curvature = weight * probability * (1 - probability);
    for (let i = 0; i < size; i++) {
      const value = row[i] ?? 0;
      gradient[i] = (gradient[i] ?? 0) + error * value;
      const target = hessian[i];
      if (target === undefined) continue;
      for (let j = 0; j <= i; j++) target[j] = (target[j] ?? 0) + curvature * value * (row[j] ?? 0);
    }
  });
  for (let i = 0; i < size; i++)
    for (let j = i + 1; j < size; j++) setCell(hessian, i, j, hessian[j]?.[i] ?? 0);
  return solve(hessian, gradient);
}

/** Solves `matrix × x = vector` by Gaussian elimination with partial pivoting; both are overwritten. */
function solve(matrix: number[][], vector: number[]): number[] {
  const size = vector.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(matrix[row]?.[column] ?? 0) > Math.abs(matrix[pivot]?.[column] ?? 0)) pivot = row;
    }
    swap(matrix, column, pivot);
    swap(vector, column, pivot);
    const head = matrix[column]?.[column] || Number.EPSILON;
    for (let row = column + 1; row < size; row++) {
      const factor = (matrix[row]?.[column] ?? 0) / head;
      for (let k = column; k < size; k++) {
        setCell(matrix, row, k, (matrix[row]?.[k] ?? 0) - factor * (matrix[column]?.[k] ?? 0));
      }
      vector[row] = (vector[row] ?? 0) - factor * (vector[column] ?? 0);
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    let rest = vector[row] ?? 0;
    for (let k = row + 1; k < size; k++) rest -= (matrix[row]?.[k] ?? 0) * (solution[k] ?? 0);
    solution[row] = rest / (matrix[row]?.[row] || Number.EPSILON);
  }
  return solution;
}

function setCell(matrix: number[][], row: number, column: number, value: number): void {
  const cells = matrix[row];
  if (cells !== undefined) cells[column] = value;
}

function swap<T>(list: T[], a: number, b: number): void {
  const [first, second] = [list[a], list[b]];
  if (first === undefined || second === undefined) return;
  list[a] = second;
  list[b] = first;
}
