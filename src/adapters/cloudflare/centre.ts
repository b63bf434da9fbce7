import { dotProduct } from '../../model/unit-vector.ts';

/** What is taken away from the vectors of a model that finds everything alike. */
export interface Centre {
  readonly passages: Float32Array;
  readonly questions: Float32Array;
}

/**
 * How alike questions and sentences may be that have nothing to do with each other: a little above the .047 of Node's embedded
 * model, on whose cosines it was fitted what tells whether documents answer a question.
 */
const USUAL_LIKENESS = 0.06;
const STEPS = 20;

/**
 * Finds what all vectors of a model have in common: the bge models place unrelated texts at cosines of about a half, by which
 * everything would seem to answer everything. As much of the common part is taken away as brings unrelated texts to
 * `USUAL_LIKENESS` (Mu and Viswanath, "All-but-the-Top", ICLR 2018, take away all of it); nothing where they are there already.
 */
export function findCentre(
  /** Vectors of `BACKGROUND_STATEMENTS`. */
  statements: readonly Float32Array[],
  /** Vectors of `BACKGROUND_QUESTIONS`. */
  questions: readonly Float32Array[],
): Centre {
  const means = { passages: meanOf(statements), questions: meanOf(questions) };
  const share = shareOf(means);
  return {
    passages: means.passages.map((number) => number * share),
    questions: means.questions.map((number) => number * share),
  };
}

/** The vector without the part that all have in common, of length 1. */
export function withoutCentre(vector: Float32Array, centre: Float32Array): Float32Array {
  const rest = vector.map((number, at) => number - (centre[at] ?? 0));
  const length = Math.sqrt(dotProduct(rest, 0, rest, 0, rest.length));
  return rest.map((number) => number / length);
}

/** Mean cosine of unrelated texts once `share` of the means is taken away. */
function likeness({ passages, questions }: Centre, share: number): number {
  const left = (vector: Float32Array) => 1 - (2 * share - share ** 2) * dot(vector, vector);
  return ((1 - share) ** 2 * dot(passages, questions)) / Math.sqrt(left(passages) * left(questions));
}

function shareOf(means: Centre): number {
  for (let step = 0; step < STEPS; step++)
    if (likeness(means, step / STEPS) <= USUAL_LIKENESS) return step / STEPS;
  return 1 - 1 / STEPS;
}

function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors)
    for (let at = 0; at < mean.length; at++) mean[at] = (mean[at] ?? 0) + (vector[at] ?? 0) / vectors.length;
  return mean;
}

function dot(a: Float32Array, b: Float32Array): number {
  return dotProduct(a, 0, b, 0, a.length);
}
