import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commitSamples, sampleDocument } from '../../testing/sample-index.ts';
import { openLibsqlPassageStore } from './libsql-passage-store.ts';

test('Common words beside a rare one do not find passages, but they decide between those it finds', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ibid-'));
  const store = await openLibsqlPassageStore({ path: join(folder, 'index.db') });
  // "river" is in 4,000 of 8,000 passages: more than may be found, few enough to be scored.
  const texts = Array.from(
    { length: 8_000 },
    (_, at) => `Note ${at} about the ${at % 2 ? 'river' : 'field'} there.`,
  );
  texts[100] = 'Note 100 about the zeppelin field there.';
  texts[101] = 'Note 101 about the zeppelin river there.';
  await commitSamples(store, [sampleDocument('notes', texts)]);
  const matches = await store.searchText({ terms: ['zeppelin', 'river'], limit: 10 });
  const passages = await store.getPassages(matches.map(({ passageId }) => passageId));
  expect(passages.map(({ passage }) => passage.ordinal)).toEqual([101, 100]);
  expect(matches[0]?.score).toBeGreaterThan(matches[1]?.score ?? Number.NaN);
  expect(await store.searchText({ terms: ['river'], limit: 10 })).toHaveLength(10);
  await store.close();
  await rm(folder, { recursive: true });
});
