import { describe, expect, it } from 'vitest';
import { emptyD1 } from '../../testing/empty-d1.ts';
import { createFakeVectorize } from '../../testing/fake-vectorize.ts';
import { sampleVector } from '../../testing/sample-index.ts';
import { vectorIndexConformance } from '../../testing/vector-index-conformance.ts';
import { createVectorizeIndex } from './vectorize-index.ts';

async function open(delayMs: number, namespace = 'default', dimensions = 16) {
  const clock = { now: 1_000_000 };
  const vectorize = createFakeVectorize({ dimensions, now: () => clock.now, delayMs });
  const database = await emptyD1();
  const index = createVectorizeIndex({ vectorize, database, dimensions, namespace, now: () => clock.now });
  return { clock, vectorize, database, index };
}

vectorIndexConformance(
  'Vectorize that shows changes at once',
  async (dimensions) => (await open(0, 'default', dimensions)).index,
);

const record = (number: number) => ({
  passageId: `psg_${number}`,
  documentId: `doc_${number}`,
  vector: sampleVector(number),
});
const upsert = (generation: number, ...numbers: number[]) => ({
  upserts: numbers.map(record),
  removals: [],
  generation,
});

describe('Vectorize that shows changes after seconds', () => {
  it('is made up for: what was added is found at once, and what was removed no more', async () => {
    const { index, clock } = await open(20_000);
    await index.apply(upsert(1, 1, 2, 3));
    const idsFor = async (number: number) =>
      (await index.search({ vector: sampleVector(number), limit: 3 })).map(({ passageId }) => passageId);
    expect((await idsFor(2))[0]).toBe('psg_2');
    clock.now += 21_000;
    expect(await index.settle()).toBe(0);
    await index.apply({ upserts: [], removals: ['psg_2'], generation: 2 });
    expect(await idsFor(2)).not.toContain('psg_2');
    clock.now += 21_000;
    expect(await index.settle()).toBe(0);
    expect(await idsFor(2)).not.toContain('psg_2');
  });

  it('is told as not shown yet for as long as it is not', async () => {
    const { index, clock } = await open(20_000);
    await index.apply(upsert(1, 1, 2, 3));
    expect(await index.settle()).toBe(3);
    clock.now += 10_000;
    await index.apply({ ...upsert(2, 4), removals: ['psg_1'] });
    clock.now += 11_000;
    expect(await index.settle()).toBe(2);
    clock.now += 10_000;
    expect(await index.settle()).toBe(0);
  });

  it('forgets what is shown also when another corpus changed the index last', async () => {
    const { index, clock, vectorize } = await open(1_000);
    await index.apply(upsert(1, 1));
    clock.now += 60_000;
    await vectorize.upsert([{ id: 'other', values: sampleVector(9), namespace: 'other' }]);
    clock.now += 2_000;
    expect(await index.settle()).toBe(0);
    expect(await index.search({ vector: sampleVector(9), limit: 5 })).toHaveLength(1);
  });
});

describe('Vectorize', () => {
  it('gets what an interrupted change did not send with the next one', async () => {
    const { index, vectorize } = await open(0);
    const works = vectorize.upsert;
    vectorize.upsert = async () => {
      throw new Error('connection lost');
    };
    await expect(index.apply(upsert(1, 1, 2))).rejects.toMatchObject({ code: 'embedder_failed' });
    expect((await index.search({ vector: sampleVector(1), limit: 1 }))[0]?.passageId).toBe('psg_1');
    vectorize.upsert = works;
    await index.settle();
    expect(vectorize.calls).toContain('upsert 2');
  });

  it('is asked within its limits: batches of 500, filters of 2 kB, ids of 64 bytes', async () => {
    const { index, vectorize } = await open(0);
    await index.apply(upsert(1, ...Array.from({ length: 1_200 }, (_, number) => number)));
    expect(vectorize.calls).toEqual(['upsert 500', 'upsert 500', 'upsert 200']);
    for (const count of [500, 8_000]) {
      const documentIds = new Set(Array.from({ length: count }, (_, number) => `doc_${number}`));
      const found = await index.search({ vector: sampleVector(7), limit: 200, documentIds });
      expect(found[0]?.passageId).toBe('psg_7');
    }
    const long = { ...record(1), passageId: 'psg_'.padEnd(65, 'x') };
    const refused = index.apply({ upserts: [long], removals: [], generation: 2 });
    await expect(refused).rejects.toThrow('longer than Vectorize takes');
  });
});
