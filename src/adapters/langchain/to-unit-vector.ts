import { IbidError } from '../../model/errors.ts';

/**
 * What an embedding server sent for one text, scaled to unit length. Throws `embedder_failed` unless it is a list of
 * `dimensions` finite numbers that are not all zero.
 */
export function toUnitVector(given: unknown, dimensions: number, place: string): Float32Array {
  if (!isNumbers(given)) {
    throw fault(`${place} sent something else than a list of finite numbers for a text. Check its log`);
  }
  if (given.length !== dimensions) {
    throw fault(
      `${place} sent a vector of ${given.length} numbers where ${dimensions} are expected. Correct IBID_EMBED_DIMENSIONS if it is set; if the model has changed, run \`npx ibid ingest --rebuild\``,
    );
  }
  const length = Math.sqrt(given.reduce((sum, number) => sum + number * number, 0));
  if (length === 0 || !Number.isFinite(length)) {
    throw fault(`${place} sent a vector without a direction (its length is ${length}). Check its log`);
  }
  return Float32Array.from(given, (number) => number / length);
}

/** A list in JSON may hold null where a server computed NaN. */
function isNumbers(given: unknown): given is number[] {
  return Array.isArray(given) && given.every(Number.isFinite);
}

function fault(message: string): IbidError {
  return new IbidError('embedder_failed', `${message}.`);
}
