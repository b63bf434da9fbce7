import { expect, test } from 'vitest';
import { createExactVectorIndex } from '../../src/adapters/memory/exact-vector-index.ts';
import type { VectorIndex, VectorRecord } from '../../src/ports/vector-index.ts';
import { measureRecall } from './measure-recall.ts';

/** Unit vectors around a circle: number `i` is nearest to its neighbours. */
const RECORDS: VectorRecord[] = Array.from({ length: 60 }, (_, i) => ({
  passageId: `p${i}`,
  documentId: 'd',
  vector: Float32Array.of(Math.cos(i / 30), Math.sin(i / 30)),
}));
const store = {
  async *vectors() {
    yield RECORDS.slice(0, 25);
    yield RECORDS.slice(25);
  },
};
const embedder = { embedQuery: async (text: string) => RECORDS[Number(text)]?.vector ?? new Float32Array(2) };
const asked = { questions: ['0', '59'], limit: 10 };

test('an exact index has full recall', async () => {
  const index = createExactVectorIndex(2);
  await index.apply({ upserts: RECORDS, removals: [], generation: 1 });
  expect(await measureRecall({ store, index }, embedder, asked)).toBe(1);
});

test('an index that lacks two of five passages has the recall that follows', async () => {
  const index = createExactVectorIndex(2);
  const kept = RECORDS.filter((_, i) => i % 5 < 3);
  await index.apply({ upserts: kept, removals: [], generation: 1 });
  expect(await measureRecall({ store, index }, embedder, asked)).toBeCloseTo(0.6, 9);
});

test('an index that finds nothing has no recall', async () => {
  const index: VectorIndex = { search: async () => [], apply: async () => {} };
  expect(await measureRecall({ store, index }, embedder, asked)).toBe(0);
});
