import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { STEM_ANALYSER } from '../../ask/terms.ts';
import { commitSamples, sampleDocument } from '../../testing/sample-index.ts';
import { type LibsqlPassageStore, openLibsqlPassageStore } from './libsql-passage-store.ts';

let folder: string;
let store: LibsqlPassageStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-'));
  store = await openLibsqlPassageStore({ path: join(folder, 'index.db'), analyser: STEM_ANALYSER });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

test('A common word beside a rare one decides between the passages that the rare one finds', async () => {
  const texts = Array.from(
    { length: 8_000 },
    (_, at) => `Note ${at} about the ${at % 2 ? 'river' : 'field'} there.`,
  );
  texts[100] = 'Note 100 about the zeppelin field there.';
  texts[101] = 'Note 101 about the zeppelin river there.';
  await commitSamples(store, [sampleDocument('notes', texts)]);
  const matches = await store.searchText({ terms: ['zeppelin', 'river'], limit: 10 });
  const passages = await store.getPassages(matches.map(({ passageId }) => passageId));
  expect(passages.slice(0, 2).map(({ passage }) => passage.ordinal)).toEqual([101, 100]);
  expect(matches[0]?.score).toBeGreaterThan(matches[1]?.score ?? Number.NaN);
  expect(await store.searchText({ terms: ['river'], limit: 10 })).toHaveLength(10);
});

test('Scores are those of the BM25 formula', async () => {
  const texts = ['owl owl lamp', 'owl fog fog fog fog', 'rock'];
  await commitSamples(store, [sampleDocument('t', texts)]);
  const matches = await store.searchText({ terms: ['owl', 'lamp'], limit: 10 });
  // Each passage is one term longer than its text, by the title.
  const part = (frequency: number, count: number, length: number) =>
    (Math.log(1 + (3 - frequency + 0.5) / (frequency + 0.5)) * count * 2.2) /
    (count + 1.2 * (0.25 + (0.75 * length) / 4));
  expect(matches.map(({ score }) => score)).toEqual([
    expect.closeTo(part(2, 2, 4) + part(1, 1, 4), 5),
    expect.closeTo(part(2, 1, 6), 5),
  ]);
});

test('Passages far apart in the index are found alike, and each edit leaves the others', async () => {
  // More passages than one block of a posting list holds.
  const texts = Array.from({ length: 66_000 }, (_, at) => (at % 8_000 === 7 ? 'owl' : 'fog'));
  await commitSamples(store, [sampleDocument('long', texts), sampleDocument('short', ['owl lamp'])]);
  expect(await store.documentFrequencies(['owl', 'fog'])).toEqual(
    new Map([
      ['owl', 10],
      ['fog', 65_991],
    ]),
  );
  await commitSamples(store, [sampleDocument('short', ['lamp'])]);
  expect(await store.searchText({ terms: ['owl'], limit: 10 })).toHaveLength(9);
  await commitSamples(store, [], ['doc_long']);
  expect(await store.documentFrequencies(['owl', 'fog'])).toEqual(
    new Map([
      ['owl', 0],
      ['fog', 0],
    ]),
  );
}, 60_000);

test('A file whose terms another analyser made gets new ones when it is opened', async () => {
  await commitSamples(store, [sampleDocument('a', ['Owls hunt.']), sampleDocument('b', ['Ships sail.'])]);
  await store.close();
  const path = join(folder, 'index.db');
  const whole = { id: 'whole words', analyse: (text: string) => text.toLowerCase().match(/\w+/g) ?? [] };
  store = await openLibsqlPassageStore({ path, analyser: whole });
  expect(await store.searchText({ terms: ['owl'], limit: 5 })).toEqual([]);
  expect(await store.searchText({ terms: ['owls'], limit: 5 })).toHaveLength(1);
  await commitSamples(store, [], ['doc_a']);
  expect(await store.documentFrequencies(['owls', 'ships'])).toEqual(
    new Map([
      ['owls', 0],
      ['ships', 1],
    ]),
  );
});

test('A file of version 1, whose full text was in FTS5, is searched like a new one', async () => {
  await commitSamples(store, [sampleDocument('a', ['Owls hunt.'])]);
  const expected = await store.searchText({ terms: ['owl'], limit: 5 });
  await store.close();
  const path = join(folder, 'index.db');
  const client = createClient({ url: pathToFileURL(path).href });
  await client.executeMultiple(`
    DROP TABLE postings; DROP TABLE passage_lengths; DROP TABLE text_analyser;
    CREATE VIRTUAL TABLE passage_text USING fts5 (title, headings, text, content = '', contentless_delete = 1);
    UPDATE schema_versions SET version = 1 WHERE component = 'passages'`);
  client.close();
  store = await openLibsqlPassageStore({ path, analyser: STEM_ANALYSER });
  expect(expected).toHaveLength(1);
  expect(await store.searchText({ terms: ['owl'], limit: 5 })).toEqual(expected);
});
