import { mkdtemp, open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { VectorRecord } from '../../ports/vector-index.ts';
import { SAMPLE_IDENTITY, sampleVector } from '../../testing/sample-index.ts';
import { vectorIndexConformance } from '../../testing/vector-index-conformance.ts';
import { createGraph } from './graph.ts';
import { openHnswVectorIndex } from './hnsw-vector-index.ts';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true });
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ibid-hnsw-'));
  folders.push(folder);
  return folder;
}

/** A store of nothing but vectors, which counts how often they are read to the end. */
function storeOf(records: readonly VectorRecord[], generation: number) {
  return {
    reads: 0,
    records,
    generation,
    async manifest() {
      return { ...SAMPLE_IDENTITY, generation: this.generation };
    },
    async countDocuments() {
      return { documents: 1, passages: this.records.length };
    },
    async *vectors() {
      yield this.records;
      this.reads += 1;
    },
  };
}

function recordsOf(count: number, from = 0): VectorRecord[] {
  return Array.from({ length: count }, (_, at) => ({
    passageId: `psg_${from + at}`,
    documentId: `doc_${(from + at) % 10}`,
    vector: sampleVector(from + at),
  }));
}

vectorIndexConformance('The HNSW index', async (dimensions) =>
  openHnswVectorIndex({ store: storeOf([], 0), directory: await newFolder(), dimensions }),
);

describe('The HNSW index', () => {
  let directory: string;
  const openOn = (store: ReturnType<typeof storeOf>, dimensions = 16) =>
    openHnswVectorIndex({ store, directory, dimensions, saveAfterMs: 60_000 });
  const nearestTo = async (index: Awaited<ReturnType<typeof openOn>>, number: number) =>
    (await index.search({ vector: sampleVector(number), limit: 1 }))[0];
  const graphFile = async () =>
    join(directory, String((await readdir(directory)).find((name) => name.endsWith('.hnsw'))));

  beforeEach(async () => {
    directory = await newFolder();
  });

  async function saved(count = 200, generation = 3): Promise<void> {
    await (await openOn(storeOf(recordsOf(count), generation))).close();
  }

  test('is loaded from its file when that is of the generation of the store', async () => {
    await saved();
    const store = storeOf(recordsOf(200), 3);
    const index = await openOn(store);
    expect(store.reads).toBe(0);
    expect((await nearestTo(index, 42))?.passageId).toBe('psg_42');
  });

  test('remembers what was removed when loaded again', async () => {
    const store = storeOf(recordsOf(200), 1);
    const index = await openOn(store);
    await index.apply({ upserts: [], removals: ['psg_42'], generation: 2 });
    await index.close();
    const again = await openOn(
      storeOf(
        recordsOf(200).filter(({ passageId }) => passageId !== 'psg_42'),
        2,
      ),
    );
    expect(await again.search({ vector: sampleVector(42), limit: 200 })).toHaveLength(199);
    expect((await nearestTo(again, 42))?.passageId).not.toBe('psg_42');
  });

  test('catches up with a store that went on without it', async () => {
    await saved();
    const moved = { passageId: 'psg_5', documentId: 'doc_5', vector: sampleVector(900) };
    const store = storeOf(
      [...recordsOf(150).filter(({ passageId }) => passageId !== 'psg_5'), moved, ...recordsOf(9, 500)],
      7,
    );
    const index = await openOn(store);
    expect(store.reads).toBe(1);
    expect((await nearestTo(index, 503))?.passageId).toBe('psg_503');
    expect((await nearestTo(index, 900))?.passageId).toBe('psg_5');
    expect(await index.search({ vector: sampleVector(1), limit: 500 })).toHaveLength(159);
  });

  test.each([
    ['fewer', recordsOf(150)],
    ['as many', recordsOf(200, 1_000)],
  ])(
    'is not taken for that of another store with %s passages, come to the same generation',
    async (_name, records) => {
      await saved();
      const index = await openOn(storeOf(records, 3));
      const found = await index.search({ vector: sampleVector(1), limit: 500 });
      expect(found.map(({ passageId }) => passageId).toSorted()).toEqual(
        records.map(({ passageId }) => passageId).toSorted(),
      );
    },
  );

  test('catches up when it was not told of a change, and when asked to', async () => {
    const store = storeOf(recordsOf(10), 1);
    const index = await openOn(store);
    store.records = recordsOf(30);
    store.generation = 3;
    await index.apply({ upserts: recordsOf(10, 20), removals: [], generation: 3 });
    expect((await nearestTo(index, 15))?.passageId).toBe('psg_15');
    store.records = recordsOf(40);
    store.generation = 4;
    await index.refresh();
    expect((await nearestTo(index, 35))?.passageId).toBe('psg_35');
    await index.refresh();
    expect(store.reads).toBe(3);
  });

  const damages: [string, () => Promise<void>][] = [
    ['its graph has a flipped byte', async () => overwrite(await graphFile())],
    ['its graph is cut short', async () => truncate(await graphFile(), 1_000)],
    ['its graph is empty', async () => truncate(await graphFile(), 0)],
    ['its graph is gone', async () => rm(await graphFile())],
    ['its header is gone', () => rm(join(directory, 'vectors.json'))],
    ['its header is not JSON', () => writeFile(join(directory, 'vectors.json'), '{"format":')],
    ['its header is of another kind', () => writeFile(join(directory, 'vectors.json'), '[]')],
    ['its header lost a label', loseLabel],
  ];
  test.each(damages)('is built anew when %s', async (_name, damage) => {
    await saved();
    await damage();
    const store = storeOf(recordsOf(200), 3);
    const index = await openOn(store);
    expect(store.reads).toBe(1);
    expect((await nearestTo(index, 42))?.passageId).toBe('psg_42');
    await index.close();
    const loaded = storeOf(recordsOf(200), 3);
    expect((await nearestTo(await openOn(loaded), 42))?.passageId).toBe('psg_42');
    expect(loaded.reads).toBe(0);
  });

  async function overwrite(path: string): Promise<void> {
    const handle = await open(path, 'r+');
    await handle.write(Uint8Array.of(0xff, 0xff, 0xff, 0x7f), 0, 4, 2_000);
    await handle.close();
  }

  async function loseLabel(): Promise<void> {
    const path = join(directory, 'vectors.json');
    const header = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ ...header, labels: header.labels.slice(1) }));
  }

  test('is built anew for vectors of another dimension', async () => {
    await saved();
    const wider = recordsOf(20).map((record, at) => ({ ...record, vector: sampleVector(at, 24) }));
    const index = await openOn(storeOf(wider, 3), 24);
    expect((await index.search({ vector: sampleVector(4, 24), limit: 1 }))[0]?.passageId).toBe('psg_4');
  });

  test('keeps one graph file, and serves on when a save fails', async () => {
    const store = storeOf(recordsOf(50), 1);
    const index = await openOn(store);
    await index.flush();
    await index.apply({ upserts: recordsOf(1, 60), removals: [], generation: 2 });
    await index.flush();
    expect((await readdir(directory)).filter((name) => name.endsWith('.hnsw'))).toHaveLength(1);
    await rm(directory, { recursive: true });
    await writeFile(directory, 'a file in the way');
    await index.apply({ upserts: recordsOf(1, 61), removals: [], generation: 3 });
    await expect(index.flush()).rejects.toThrow();
    expect((await nearestTo(index, 61))?.passageId).toBe('psg_61');
  });

  test('saves by itself a moment after a change', async () => {
    const index = await openHnswVectorIndex({
      store: storeOf([], 0),
      directory,
      dimensions: 16,
      saveAfterMs: 5,
    });
    await index.apply({ upserts: recordsOf(5), removals: [], generation: 1 });
    await vi.waitFor(async () => expect(await readdir(directory)).toContain('vectors.json'));
  });

  test('answers while it takes a large change', async () => {
    const index = await openOn(storeOf([], 0));
    const applied = index.apply({ upserts: recordsOf(4_000), removals: [], generation: 1 });
    let turns = 0;
    let done = false;
    applied.then(() => {
      done = true;
    });
    while (!done) {
      await index.search({ vector: sampleVector(1), limit: 5 });
      await new Promise((resolve) => setImmediate(resolve));
      turns += 1;
    }
    expect(turns).toBeGreaterThan(5);
  });

  test('lets removed vectors go once they are many', async () => {
    const graph = createGraph(16);
    await graph.add(recordsOf(10));
    graph.remove(['psg_1']);
    expect(graph.labels).toHaveLength(10);
    const index = await openOn(storeOf([], 0));
    await index.apply({ upserts: recordsOf(3_000), removals: [], generation: 1 });
    const removals = recordsOf(1_500).map(({ passageId }) => passageId);
    await index.apply({ upserts: [], removals, generation: 2 });
    await index.close();
    const header = JSON.parse(await readFile(join(directory, 'vectors.json'), 'utf8'));
    expect(header.labels).toHaveLength(1_500);
    expect((await nearestTo(index, 2_000))?.passageId).toBe('psg_2000');
  });
});
