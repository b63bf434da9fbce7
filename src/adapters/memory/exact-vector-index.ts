import { assertUnitVector, dotProduct } from '../../model/unit-vector.ts';
import type { VectorIndex, VectorMatch, VectorQuery, VectorRecord } from '../../ports/vector-index.ts';

export interface ExactVectorIndex extends VectorIndex {
  /** Vectors held. */
  readonly size: number;
}

const FIRST_CAPACITY = 256;

/**
 * Compares the query with every vector, which lie side by side in one array.
 * Exact, with nothing to build or to save: about 0.3 µs a vector of 384 numbers, so for some thousands of passages.
 */
export function createExactVectorIndex(dimensions: number): ExactVectorIndex {
  let numbers = new Float32Array(FIRST_CAPACITY * dimensions);
  const records: { passageId: string; documentId: string }[] = [];
  const rows = new Map<string, number>();

  function upsert({ passageId, documentId, vector }: VectorRecord): void {
    const row = rows.get(passageId) ?? records.length;
    if ((row + 1) * dimensions > numbers.length) {
      const grown = new Float32Array(numbers.length * 2);
      grown.set(numbers);
      numbers = grown;
    }
    numbers.set(vector, row * dimensions);
    records[row] = { passageId, documentId };
    rows.set(passageId, row);
  }

  /** The last row takes the place of the removed one, so that there are never gaps. */
  function remove(passageId: string): void {
    const row = rows.get(passageId);
    const last = records.pop();
    if (row === undefined || last === undefined) {
      if (last) records.push(last);
      return;
    }
    rows.delete(passageId);
    if (row === records.length) return;
    numbers.copyWithin(row * dimensions, records.length * dimensions, (records.length + 1) * dimensions);
    records[row] = last;
    rows.set(last.passageId, row);
  }

  return {
    get size() {
      return records.length;
    },
    async search(query) {
      assertUnitVector(query.vector, dimensions, 'the query');
      return searchAll(query, records, (row) =>
        dotProduct(query.vector, 0, numbers, row * dimensions, dimensions),
      );
    },
    async apply({ upserts, removals }) {
      for (const { vector, passageId } of upserts) assertUnitVector(vector, dimensions, passageId);
      for (const passageId of removals) remove(passageId);
      for (const record of upserts) upsert(record);
    },
  };
}

function searchAll(
  { limit, documentIds }: VectorQuery,
  records: readonly { readonly passageId: string; readonly documentId: string }[],
  scoreOf: (row: number) => number,
): VectorMatch[] {
  const best: VectorMatch[] = [];
  let worst = Number.NEGATIVE_INFINITY;
  for (const [row, { passageId, documentId }] of records.entries()) {
    if (documentIds && !documentIds.has(documentId)) continue;
    const score = scoreOf(row);
    if (best.length >= limit && score <= worst) continue;
    insertSorted(best, { passageId, score });
    if (best.length > limit) best.pop();
    worst = best.at(-1)?.score ?? worst;
  }
  return best;
}

function insertSorted(best: VectorMatch[], match: VectorMatch): void {
  let low = 0;
  let high = best.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((best[middle]?.score ?? 0) >= match.score) low = middle + 1;
    else high = middle;
  }
  best.splice(low, 0, match);
}
