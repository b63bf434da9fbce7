import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { VectorIndex, VectorRecord } from '../ports/vector-index.ts';
import { sampleVector } from './sample-index.ts';

const DIMENSIONS = 16;

/** What every `VectorIndex` owes its callers; `create` makes an empty one of 16 dimensions, `close` ends all it made. */
export function vectorIndexConformance(
  name: string,
  create: (dimensions: number) => Promise<VectorIndex>,
  close: () => Promise<void> = async () => {},
): void {
  describe(`${name} keeps the vector index's contract`, () => {
    let index: VectorIndex;
    beforeEach(async () => {
      index = await create(DIMENSIONS);
    });
    afterAll(close);

    test('finds nothing while it is empty', async () => {
      expect(await index.search({ vector: sampleVector(1), limit: 10 })).toEqual([]);
    });

    test('finds the nearest first, by cosine', async () => {
      const records = await filledWith(index, 300);
      const vector = sampleVector(9_999);
      const found = await index.search({ vector, limit: 10 });
      const expected = nearest(records, vector).slice(0, 10);
      expect(found.map(({ passageId }) => passageId)).toEqual(expected.map(({ passageId }) => passageId));
      for (const [rank, { score }] of found.entries())
        expect(score).toBeCloseTo(expected[rank]?.score ?? 2, 5);
    });

    test('gives a vector itself the score 1', async () => {
      await filledWith(index, 50);
      const [best] = await index.search({ vector: sampleVector(7), limit: 1 });
      expect(best?.passageId).toBe('psg_7');
      expect(best?.score).toBeCloseTo(1, 5);
    });

    test('gives no more than there are, nor more than asked for', async () => {
      await filledWith(index, 5);
      expect(await index.search({ vector: sampleVector(1), limit: 50 })).toHaveLength(5);
      expect(await index.search({ vector: sampleVector(1), limit: 2 })).toHaveLength(2);
      expect(await index.search({ vector: sampleVector(1), limit: 0 })).toEqual([]);
    });

    test('finds exactly the best among the passages of one document, of ten and of many', async () => {
      const records = await filledWith(index, 1_500);
      const vector = sampleVector(4_444);
      for (const count of [1, 10, 200]) {
        const documentIds = new Set(Array.from({ length: count }, (_, each) => `doc_${each * 5}`));
        const allowed = records.filter(({ documentId }) => documentIds.has(documentId));
        const found = await index.search({ vector, limit: 10, documentIds });
        expect(found.map(({ passageId }) => passageId)).toEqual(
          nearest(allowed, vector)
            .slice(0, 10)
            .map(({ passageId }) => passageId),
        );
      }
    }, 60_000);

    test('finds nothing among no or unknown documents', async () => {
      await filledWith(index, 20);
      const vector = sampleVector(3);
      expect(await index.search({ vector, limit: 5, documentIds: new Set() })).toEqual([]);
      expect(await index.search({ vector, limit: 5, documentIds: new Set(['doc_none']) })).toEqual([]);
    });

    test('forgets removed passages and ignores unknown ones', async () => {
      await filledWith(index, 30);
      await index.apply({ upserts: [], removals: ['psg_7', 'psg_unknown', 'psg_29'], generation: 2 });
      const found = await index.search({ vector: sampleVector(7), limit: 50 });
      expect(found).toHaveLength(28);
      expect(found.map(({ passageId }) => passageId)).not.toContain('psg_7');
      await index.apply({ upserts: [record(7)], removals: [], generation: 3 });
      expect((await index.search({ vector: sampleVector(7), limit: 1 }))[0]?.passageId).toBe('psg_7');
    });

    test('takes the last vector and document of a passage', async () => {
      await filledWith(index, 30);
      const moved = { passageId: 'psg_7', documentId: 'doc_other', vector: sampleVector(5_000) };
      await index.apply({ upserts: [moved], removals: [], generation: 2 });
      const [best] = await index.search({ vector: sampleVector(5_000), limit: 1 });
      expect(best?.passageId).toBe('psg_7');
      expect(best?.score).toBeCloseTo(1, 5);
      const all = await index.search({ vector: sampleVector(7), limit: 50 });
      expect(all.filter(({ passageId }) => passageId === 'psg_7')).toHaveLength(1);
      const within = await index.search({
        vector: sampleVector(7),
        limit: 5,
        documentIds: new Set(['doc_other']),
      });
      expect(within.map(({ passageId }) => passageId)).toEqual(['psg_7']);
    });

    test('lives on after everything was removed', async () => {
      const records = await filledWith(index, 40);
      await index.apply({ upserts: [], removals: records.map(({ passageId }) => passageId), generation: 2 });
      expect(await index.search({ vector: sampleVector(1), limit: 5 })).toEqual([]);
      await filledWith(index, 10);
      expect(await index.search({ vector: sampleVector(1), limit: 50 })).toHaveLength(10);
    });

    const notNumbers = [Number.NaN, Number.POSITIVE_INFINITY];
    const wrong: [string, Float32Array][] = [
      ['of another dimension', sampleVector(1, DIMENSIONS + 1)],
      ['of no dimension', new Float32Array(0)],
      ['of length 0', new Float32Array(DIMENSIONS)],
      ...notNumbers.map((number): [string, Float32Array] => [
        `with ${number} in it`,
        sampleVector(1).map((value, at) => (at === 3 ? number : value)),
      ]),
    ];
    test.each(wrong)('refuses a vector %s, changing nothing', async (_name, vector) => {
      await filledWith(index, 10);
      const bad = { passageId: 'psg_bad', documentId: 'doc_bad', vector };
      const change = { upserts: [record(11), bad], removals: ['psg_1'], generation: 2 };
      await expect(index.apply(change)).rejects.toMatchObject({ code: 'embedder_failed' });
      await expect(index.search({ vector, limit: 5 })).rejects.toMatchObject({ code: 'embedder_failed' });
      expect(await index.search({ vector: sampleVector(1), limit: 50 })).toHaveLength(10);
      expect((await index.search({ vector: sampleVector(1), limit: 1 }))[0]?.passageId).toBe('psg_1');
    });
  });
}

function record(number: number): VectorRecord {
  return {
    passageId: `psg_${number}`,
    documentId: `doc_${number % 1_000}`,
    vector: sampleVector(number, DIMENSIONS),
  };
}

async function filledWith(index: VectorIndex, count: number): Promise<VectorRecord[]> {
  const upserts = Array.from({ length: count }, (_, number) => record(number));
  await index.apply({ upserts, removals: [], generation: 1 });
  return upserts;
}

function nearest(records: readonly VectorRecord[], vector: Float32Array) {
  return records
    .map(({ passageId, vector: each }) => ({
      passageId,
      score: each.reduce((sum, number, at) => sum + number * (vector[at] ?? 0), 0),
    }))
    .toSorted((a, b) => b.score - a.score);
}
