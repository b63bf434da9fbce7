import { expect, it } from 'vitest';
import { STEM_ANALYSER } from '../../ask/terms.ts';
import { emptyD1 } from '../../testing/empty-d1.ts';
import { commitSamples, SAMPLE_IDENTITY, sampleDocument, sampleVector } from '../../testing/sample-index.ts';
import { createEmbeddingAnew, type WaitingPassage } from './d1-embedding-anew.ts';
import { openD1PassageStore } from './d1-passage-store.ts';

const OTHER = { ...SAMPLE_IDENTITY, embedderId: 'other', dimensions: 8 };

async function open() {
  const database = await emptyD1();
  const store = await openD1PassageStore(database, STEM_ANALYSER);
  await commitSamples(store, [
    sampleDocument('a', ['One.', 'Two.', 'Three.']),
    sampleDocument('b', ['Four.']),
  ]);
  const anew = createEmbeddingAnew(database);
  const gathered = (waiting: readonly WaitingPassage[], model: string) =>
    waiting.map(({ key }) => ({
      ...{ key, embeddingKey: `${model} ${key}` },
      embedding: { vector: sampleVector(key, 8), sentenceVectors: [sampleVector(key, 8)] },
    }));
  const keys = async () =>
    (await database.read('SELECT key FROM embeddings ORDER BY id')).map(({ key }) => String(key));
  return { database, store, anew, gathered, keys };
}

it('An index changes over to another model when all of its passages have their embeddings, not before', async () => {
  const { store, anew, gathered, keys } = await open();
  const before = await store.manifest();
  await anew.begin(OTHER);
  await anew.keep(gathered(await anew.next(3), 'other'));
  expect(await anew.left()).toBe(1);
  await expect(anew.changeOver(OTHER)).rejects.toMatchObject({ code: 'index_busy' });
  expect(await store.manifest()).toEqual(before);
  // As after a stop in between.
  await anew.begin(OTHER);
  await anew.keep(gathered(await anew.next(3), 'other'));
  expect(await anew.next(3)).toEqual([]);
  await anew.changeOver(OTHER);
  expect(await store.manifest()).toEqual({ ...before, ...OTHER, generation: (before?.generation ?? 0) + 1 });
  for await (const records of store.vectors())
    expect(records.map(({ vector }) => vector.length)).toEqual([8, 8, 8, 8]);
  expect((await store.searchText({ terms: ['three'], limit: 5 })).length).toBe(1);
  expect(await keys()).toHaveLength(8);
  await anew.tidy();
  expect(await keys()).toEqual(['other 1', 'other 2', 'other 3', 'other 4']);
});

it('What was gathered for a model that is no longer wanted goes', async () => {
  const { anew, gathered, keys } = await open();
  const own = await keys();
  await anew.begin(OTHER);
  await anew.keep(gathered(await anew.next(3), 'other'));
  await anew.begin({ ...OTHER, embedderId: 'third' });
  expect({ left: await anew.left(), keys: await keys() }).toEqual({ left: 4, keys: own });
  await anew.keep(gathered(await anew.next(2), 'third'));
  // The first model again: nothing is foreign any more.
  await anew.tidy();
  expect({ left: await anew.left(), keys: await keys() }).toEqual({ left: 4, keys: own });
});
