import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@libsql/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { STEM_ANALYSER } from '../../ask/terms.ts';
import { commitSamples, sampleDocument } from '../../testing/sample-index.ts';
import { openLibsqlConversationStore } from './libsql-conversation-store.ts';
import { openLibsqlPassageStore } from './libsql-passage-store.ts';

describe('The index file', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ibid-'));
    path = join(folder, 'index.db');
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function execute(...statements: string[]): Promise<void> {
    const client = createClient({ url: `file:${path}` });
    for (const statement of statements) await client.execute(statement);
    client.close();
  }

  test('keeps what was committed and cached when opened again', async () => {
    const store = await openLibsqlPassageStore({ analyser: STEM_ANALYSER, path });
    await commitSamples(store, [sampleDocument('a', ['One.'])]);
    await store.cacheEmbeddings(new Map([['later', { vector: new Float32Array(16), sentenceVectors: [] }]]));
    await store.close();
    const again = await openLibsqlPassageStore({ analyser: STEM_ANALYSER, path });
    expect((await again.manifest())?.generation).toBe(1);
    expect(await again.cachedEmbeddings(['later'])).toEqual(new Set(['later']));
    await again.close();
  });

  test('is refused when it is no database, and left as it was', async () => {
    await writeFile(path, 'A letter to the editor. '.repeat(500));
    await expect(openLibsqlPassageStore({ analyser: STEM_ANALYSER, path })).rejects.toMatchObject({
      code: 'index_incompatible',
      message: expect.stringContaining('npx ibid ingest'),
    });
    expect(await readFile(path, 'utf8')).toContain('A letter');
  });

  test('is refused when it is damaged', async () => {
    const store = await openLibsqlPassageStore({ analyser: STEM_ANALYSER, path });
    await commitSamples(store, [
      sampleDocument(
        'a',
        Array.from({ length: 200 }, (_, at) => `Passage ${at}.`),
      ),
    ]);
    await store.close();
    const bytes = await readFile(path);
    await writeFile(path, bytes.fill(0xab, 8_192));
    await expect(openLibsqlPassageStore({ analyser: STEM_ANALYSER, path })).rejects.toMatchObject({
      code: 'index_incompatible',
    });
  });

  test("is refused when it is another program's", async () => {
    await execute('CREATE TABLE notes (body TEXT)');
    await expect(openLibsqlPassageStore({ analyser: STEM_ANALYSER, path })).rejects.toMatchObject({
      code: 'index_incompatible',
      message: expect.stringContaining("another program's"),
    });
    await execute('INSERT INTO notes VALUES (1)');
  });

  test('is refused when a newer Ibid wrote it', async () => {
    await (await openLibsqlPassageStore({ analyser: STEM_ANALYSER, path })).close();
    await execute("UPDATE schema_versions SET version = 99 WHERE component = 'passages'");
    await expect(openLibsqlPassageStore({ analyser: STEM_ANALYSER, path })).rejects.toMatchObject({
      code: 'index_incompatible',
      message: expect.stringContaining('newer Ibid'),
    });
  });

  test('says so when it cannot be opened', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(openLibsqlPassageStore({ analyser: STEM_ANALYSER, path: folder })).rejects.toMatchObject({
      code: 'config_invalid',
    });
    await expect(
      openLibsqlPassageStore({ analyser: STEM_ANALYSER, path: join(folder, 'file', 'index.db') }),
    ).rejects.toMatchObject({
      code: 'config_invalid',
    });
    await chmod(folder, 0o755);
  });

  test('is waited for while another process writes, without stopping this one, and then reported busy', async () => {
    const store = await openLibsqlPassageStore({ analyser: STEM_ANALYSER, path, busyWaitMs: 300 });
    await commitSamples(store, [sampleDocument('a', ['One.'])]);
    const other = createClient({ url: `file:${path}` });
    await other.execute('BEGIN IMMEDIATE');
    let ticks = 0;
    const ticking = setInterval(() => {
      ticks += 1;
    }, 5);
    await expect(commitSamples(store, [], ['doc_a'])).rejects.toMatchObject({ code: 'index_busy' });
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(2);
    expect((await store.manifest())?.generation).toBe(1);
    const waiting = commitSamples(store, [], ['doc_a']);
    await other.execute('ROLLBACK');
    expect((await waiting).generation).toBe(2);
    other.close();
    await store.close();
  });

  test('shows readers the old generation until a commit is done', async () => {
    const store = await openLibsqlPassageStore({ analyser: STEM_ANALYSER, path });
    await commitSamples(store, [sampleDocument('a', ['Before.'])]);
    const many = Array.from({ length: 300 }, (_, at) => sampleDocument(`n${at}`, ['During.', 'More of it.']));
    const committed = commitSamples(store, many);
    let done = false;
    committed.then(() => {
      done = true;
    });
    let looks = 0;
    while (!done) {
      const { documents } = await store.countDocuments();
      const generation = (await store.manifest())?.generation;
      if (!done) expect([1, 301]).toContain(documents);
      if (!done && documents === 301) expect(generation).toBe(2);
      looks += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(looks).toBeGreaterThan(10);
    expect(await store.countDocuments()).toEqual({ documents: 301, passages: 601 });
    await store.close();
  });

  test('streams the vectors of one generation while another is committed', async () => {
    const store = await openLibsqlPassageStore({ analyser: STEM_ANALYSER, path });
    const texts = Array.from({ length: 2_500 }, (_, at) => `Passage ${at}.`);
    await commitSamples(store, [sampleDocument('a', texts)]);
    let seen = 0;
    for await (const batch of store.vectors()) {
      if (seen === 0) await commitSamples(store, [], ['doc_a']);
      seen += batch.length;
    }
    expect(seen).toBe(2_500);
    expect(await store.countDocuments()).toEqual({ documents: 0, passages: 0 });
    await store.close();
  });

  test('can hold conversations beside the index', async () => {
    const passages = await openLibsqlPassageStore({ analyser: STEM_ANALYSER, path });
    const conversations = await openLibsqlConversationStore({ path });
    await commitSamples(passages, [sampleDocument('a', ['One.'])]);
    expect(await conversations.deleteConversation('conv_none')).toBe(false);
    await conversations.close();
    await passages.close();
  });

  test('refuses a text with a NUL in it rather than cutting it short', async () => {
    const store = await openLibsqlPassageStore({ analyser: STEM_ANALYSER, path });
    const upserts = [sampleDocument('a', ['One\0two.'])];
    const { passages } = sampleDocument('a', ['One.']);
    await store.cacheEmbeddings(new Map([['k', { vector: new Float32Array(16), sentenceVectors: [] }]]));
    await expect(commitSamples(store, upserts)).rejects.toThrow('NUL');
    expect(await store.getPassages(passages.map(({ id }) => id))).toEqual([]);
    await store.close();
  });
});
