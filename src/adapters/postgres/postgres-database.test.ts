import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STEM_ANALYSER } from '../../ask/terms.ts';
import { openTestPostgres, type TestPostgres } from '../../testing/postgres.ts';
import { commitSamples, sampleDocument } from '../../testing/sample-index.ts';
import { openPostgresConversationStore } from './postgres-conversation-store.ts';
import { createPostgresLock } from './postgres-lock.ts';
import { openPostgresPassageStore } from './postgres-passage-store.ts';
import { createPostgresPool } from './postgres-pool.ts';

const postgres: TestPostgres = await openTestPostgres();
afterAll(() => postgres.close());

const open = async (pool = postgres.anotherPool()) =>
  openPostgresPassageStore({ pool, analyser: STEM_ANALYSER });

describe('The tables in Postgres', () => {
  test("are refused when they are another program's, or a newer Ibid's, and left as they were", async () => {
    const pool = await postgres.emptyPool();
    await pool.query('CREATE TABLE notes (body TEXT)');
    await expect(open(pool)).rejects.toMatchObject({
      code: 'index_incompatible',
      message: expect.stringContaining("another program's"),
    });
    await pool.query('DROP TABLE notes');
    await open(pool);
    await pool.query("UPDATE schema_versions SET version = 99 WHERE component = 'passages'");
    await expect(open(pool)).rejects.toMatchObject({ message: expect.stringContaining('newer Ibid') });
  });

  test('hold metadata, terms and texts of any length', async () => {
    const store = await open(await postgres.emptyPool());
    const word = 'abcdefghij'.repeat(1_000);
    const metadata = { abstract: 'long '.repeat(2_000) };
    const { passages, ...long } = sampleDocument('long', [`Before ${word} after.`], { metadata });
    const short = {
      ...long,
      passages: passages.map((each) => ({ ...each, id: 'psg_1' })),
      embeddingKeys: ['k'],
    };
    await commitSamples(store, [short]);
    expect(await store.matchDocuments(metadata)).toEqual(new Set(['doc_long']));
    expect(await store.searchText({ terms: [word], limit: 5 })).toHaveLength(1);
    const texts = Array.from({ length: 40 }, (_, at) => sampleDocument(`d${at}`, ['x'.repeat(300_000)]));
    await commitSamples(
      store,
      texts.map((each) => ({ ...each, passages: [], embeddingKeys: [] })),
    );
    expect((await store.getDocument('doc_d39'))?.text).toHaveLength(300_002);
  }, 60_000);

  test('refuse a text with a NUL in it, changing nothing', async () => {
    const store = await open(await postgres.emptyPool());
    await expect(commitSamples(store, [sampleDocument('a', ['One\0two.'])])).rejects.toMatchObject({
      code: 'bad_request',
    });
    expect(await store.manifest()).toBeUndefined();
  });

  test('that cannot be reached are named as such', async () => {
    const pool = createPostgresPool('postgres://nobody@127.0.0.1:9/none');
    await expect(open(pool)).rejects.toMatchObject({
      code: 'not_ready',
      message: expect.stringContaining('DATABASE_URL'),
    });
    await pool.end();
  });
});

const why = postgres.isServer ? '' : ' (skipped: PGlite has one connection; set DATABASE_URL to a server)';

describe.skipIf(!postgres.isServer)(`Several instances on one database${why}`, () => {
  beforeAll(async () => void (await open(await postgres.emptyPool())));

  test('make the tables at once, and each finds what the other committed', async () => {
    await postgres.emptyPool();
    const [one, two, three] = await Promise.all([open(), open(), open()]);
    await commitSamples(one, [sampleDocument('a', ['Owls hunt.'])]);
    expect((await two.manifest())?.generation).toBe(1);
    expect(await two.searchText({ terms: ['owl'], limit: 5 })).toHaveLength(1);
    await commitSamples(two, [sampleDocument('b', ['Owls sleep.'])]);
    expect(await one.searchText({ terms: ['owl'], limit: 5 })).toHaveLength(2);
    expect(await three.countDocuments()).toEqual({ documents: 2, passages: 2 });
  });

  test('commit one after the other, and readers see one generation or the next', async () => {
    await postgres.emptyPool();
    const [one, two, reader] = await Promise.all([open(), open(), open()]);
    const many = (name: string) =>
      Array.from({ length: 40 }, (_, at) => sampleDocument(`${name}${at}`, ['During.', 'More of it.']));
    await commitSamples(one, [...many('a'), ...many('b')]);
    const remove = (store: typeof one, name: string) =>
      commitSamples(
        store,
        [],
        many(name).map(({ document }) => document.id),
      );
    let done = false;
    const commits = Promise.all([remove(one, 'a'), remove(two, 'b')]).finally(() => {
      done = true;
    });
    while (!done) expect([0, 40, 80]).toContain((await reader.countDocuments()).documents);
    expect((await commits).map(({ generation }) => generation).toSorted()).toEqual([2, 3]);
    expect(await reader.countDocuments()).toEqual({ documents: 0, passages: 0 });
  });

  test('stream the vectors of one generation while another is committed', async () => {
    await postgres.emptyPool();
    const [store, other] = [await open(), await open()];
    const texts = Array.from({ length: 2_500 }, (_, at) => `Passage ${at}.`);
    await commitSamples(store, [sampleDocument('a', texts)]);
    let seen = 0;
    for await (const batch of store.vectors()) {
      if (seen === 0) await commitSamples(other, [], ['doc_a']);
      seen += batch.length;
    }
    expect(seen).toBe(2_500);
    expect(await store.countDocuments()).toEqual({ documents: 0, passages: 0 });
  }, 60_000);

  test('ingest one after the other, and the one that waits is told for whom', async () => {
    const lock = (onWait?: (holder: string) => void) =>
      createPostgresLock({ pool: postgres.anotherPool(), ...(onWait ? { onWait } : {}) });
    const seen: string[] = [];
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = lock()(async () => {
      seen.push('first begins');
      await held;
      seen.push('first ends');
    });
    while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const second = lock((holder) => {
      seen.push(`waits for ${typeof holder}`);
      release();
    })(async () => void seen.push('second'));
    await Promise.all([first, second]);
    expect(seen).toEqual(['first begins', 'waits for string', 'first ends', 'second']);
    const late = createPostgresLock({ pool: postgres.anotherPool(), waitMs: 0 });
    await lock()(() => expect(late(async () => {})).rejects.toMatchObject({ code: 'index_busy' }));
  });

  test('let one of them answer in a conversation at a time', async () => {
    await postgres.emptyPool();
    const stores = await Promise.all(
      [1, 2, 3].map(() => openPostgresConversationStore(postgres.anotherPool())),
    );
    const answer = { status: 'declined', reason: 'no_documents', text: 'None.', closest: [] } as const;
    const turn = {
      id: 'ans_1',
      question: 'Q',
      standaloneQuestion: 'Q',
      answer,
      confidence: 0,
      askedAt: '2026',
    };
    await stores[0]?.appendTurn('conv_a', turn);
    const held = await Promise.all(
      stores.map((store, at) => store.holdConversation('conv_a', { turnId: `ans_${at}x`, now: 0, until: 9 })),
    );
    expect(held.filter(Boolean)).toHaveLength(1);
  });

  test('go on when their connections were cut', async () => {
    await postgres.emptyPool();
    const store = await open();
    await commitSamples(store, [sampleDocument('a', ['Owls hunt.'])]);
    await postgres
      .anotherPool()
      .query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
      );
    expect(await store.countDocuments()).toEqual({ documents: 1, passages: 1 });
  });
});
