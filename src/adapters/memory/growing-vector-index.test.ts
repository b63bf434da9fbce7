import { expect, test } from 'vitest';
import type { PassageStore } from '../../ports/passage-store.ts';
import type { VectorRecord } from '../../ports/vector-index.ts';
import { SAMPLE_IDENTITY, sampleVector } from '../../testing/sample-index.ts';
import { createExactVectorIndex } from './exact-vector-index.ts';
import { type FollowingVectorIndex, openGrowingVectorIndex } from './growing-vector-index.ts';

function recordsOf(count: number): VectorRecord[] {
  return Array.from({ length: count }, (_, at) => ({
    ...{ passageId: `psg_${at}`, documentId: 'doc_a' },
    vector: sampleVector(at),
  }));
}

async function growing(count: number) {
  const state = {
    records: recordsOf(count),
    generation: count > 0 ? 1 : 0,
    opened: 0,
    closed: 0,
    refreshed: 0,
  };
  const store = {
    manifest: async () => ({ ...SAMPLE_IDENTITY, generation: state.generation }),
    countDocuments: async () => ({ documents: 1, passages: state.records.length }),
    async *vectors() {
      yield state.records;
    },
  } as unknown as PassageStore;
  const index = await openGrowingVectorIndex({
    store,
    exactBelow: 100,
    createSmall: () => createExactVectorIndex(16),
    async openLarge(): Promise<FollowingVectorIndex> {
      state.opened += 1;
      const large = createExactVectorIndex(16);
      await large.apply({ upserts: state.records, removals: [], generation: state.generation });
      return {
        ...{ search: large.search, apply: large.apply },
        refresh: async () => {
          state.refreshed += 1;
        },
        close: async () => {
          state.closed += 1;
        },
      };
    },
  });
  const commit = async (total: number, told = true) => {
    const upserts = recordsOf(total).slice(state.records.length);
    state.records = recordsOf(total);
    state.generation += 1;
    if (told) await index.apply({ upserts, removals: [], generation: state.generation });
  };
  const finds = async (number: number) =>
    (await index.search({ vector: sampleVector(number), limit: 1 }))[0]?.passageId === `psg_${number}`;
  return { state, index, commit, finds };
}

test('A small corpus is searched exactly, a large one by the graph', async () => {
  const small = await growing(99);
  expect([small.state.opened, await small.finds(98)]).toEqual([0, true]);
  const large = await growing(100);
  expect([large.state.opened, await large.finds(99)]).toEqual([1, true]);
});

test('An index changes over once it has grown enough, and stays', async () => {
  const { state, index, commit, finds } = await growing(0);
  await commit(60);
  expect([state.opened, await finds(59)]).toEqual([0, true]);
  await commit(150);
  expect([state.opened, await finds(149)]).toEqual([1, true]);
  await commit(160);
  expect([state.opened, await finds(159)]).toEqual([1, true]);
  await index.close();
  expect(state.closed).toBe(1);
});

test('An index follows commits that it was not told of', async () => {
  const { state, index, commit, finds } = await growing(10);
  await commit(20, false);
  expect(await finds(15)).toBe(false);
  await index.refresh();
  expect(await finds(15)).toBe(true);
  await commit(30, false);
  await commit(40);
  expect(await finds(25)).toBe(true);
  await commit(200, false);
  await index.refresh();
  expect([state.opened, await finds(199)]).toEqual([1, true]);
  await index.refresh();
  expect(state.refreshed).toBe(1);
});
