import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AnswerEnd } from '../ask/events.ts';
import { type Config, parseConfig } from '../config.ts';
import { type Ibid, openIbid, readStatus } from '../node.ts';
import {
  FAKE_MODEL,
  type FakeEmbeddingServer,
  startFakeEmbeddingServer,
} from '../testing/fake-embedding-server.ts';
import { folderSource } from './sources.ts';

let folder = '';
let documents = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-embedding-server-'));
  documents = join(folder, 'documents');
  await mkdir(documents);
  await writeFile(join(documents, 'ferry.txt'), 'The ferry to Inis Mor sails at nine in the morning.');
  await writeFile(join(documents, 'mill.txt'), 'The mill of Ballyvaughan was built by Nora Quinn in 1871.');
});
afterAll(() => rm(folder, { recursive: true }));

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

async function startServer(): Promise<FakeEmbeddingServer> {
  const server = await startFakeEmbeddingServer();
  opened.push(server);
  return server;
}

async function open(config: Config, options?: Parameters<typeof openIbid>[1]): Promise<Ibid> {
  const ibid = await openIbid(config, options);
  opened.push(ibid);
  return ibid;
}

/** A data folder of its own for each name. */
function configFor(url: string, name: string, more: Record<string, string> = {}): Config {
  return parseConfig({
    IBID_DATA: join(folder, name),
    IBID_EMBED_MODEL: `openai:${FAKE_MODEL}`,
    IBID_EMBED_BASE_URL: url,
    ...more,
  });
}

async function ask({ ask }: Ibid, question: string): Promise<AnswerEnd> {
  for await (const event of ask({ question })) {
    if (event.type === 'ask-error') throw new Error(event.message);
    if (event.type === 'answer-end') return event;
  }
  throw new Error('no end');
}

const QUESTION = 'When does the ferry to Inis Mor sail?';
const CITED = { status: 'answered', citations: [{ quote: expect.stringContaining('sails at nine') }] };
const FOUND_BY_TEXT = { documentUri: 'ferry.txt', via: 'text' };

describe.each(['openai', 'ollama'])('Documents embedded by an %s server', (provider) => {
  test('are searched with its vectors, and by full text alone while it is down, also after a restart', async () => {
    const server = await startServer();
    const model = { IBID_EMBED_MODEL: `${provider}:${FAKE_MODEL}` };
    const config = configFor(provider === 'openai' ? `${server.url}/v1` : server.url, provider, model);
    const faults: string[] = [];
    const ibid = await open(config, { onFault: (message) => faults.push(message) });
    const report = await ibid.ingest(await folderSource(documents));
    expect(report).toMatchObject({ added: 2, embeddedPassages: 2, failed: [] });
    const whole = await ask(ibid, QUESTION);
    expect(whole.degraded).toBeUndefined();
    expect(whole.passages[0]).toMatchObject({ documentUri: 'ferry.txt', via: 'both' });
    expect(whole.answer).toMatchObject(CITED);

    await server.close();
    const lame = await ask(ibid, QUESTION);
    expect(lame.degraded).toMatch(/full text alone answered/);
    expect(lame.degraded).not.toContain('127.0.0.1');
    expect(faults).toEqual([expect.stringMatching(/cannot be reached/)]);
    expect(lame.answer).toMatchObject(CITED);
    expect(lame.passages[0]).toMatchObject(FOUND_BY_TEXT);

    await ibid.close();
    const again = await open(config);
    expect((await ask(again, QUESTION)).passages[0]).toMatchObject(FOUND_BY_TEXT);
    expect(await again.ingest(await folderSource(documents))).toMatchObject({ unchanged: 2 });
    expect(await readStatus(config)).toMatchObject({
      documents: 2,
      embedderId: `${provider}:${FAKE_MODEL}`,
      manifest: { embedderId: `${provider}:${FAKE_MODEL}`, dimensions: 64 },
    });
  });
});

describe('An embedding server', () => {
  test('that does not answer keeps a folder without an index from opening, with what to do', async () => {
    const server = await startServer();
    await server.close();
    const opening = open(configFor(server.url, 'unreached'));
    await expect(opening).rejects.toMatchObject({
      code: 'embedder_failed',
      message: expect.stringMatching(/cannot be reached.*Start it, or correct IBID_EMBED_BASE_URL/),
    });
    await expect(
      open(configFor(server.url, 'unreached', { IBID_EMBED_DIMENSIONS: '64' })),
    ).resolves.toBeDefined();
  });

  test('that sends other vectors than the settings say fails the ingestion, and leaves nothing behind', async () => {
    const { url } = await startServer();
    const ibid = await open(configFor(`${url}/v1`, 'other', { IBID_EMBED_DIMENSIONS: '32' }));
    const ingestion = ibid.ingest(await folderSource(documents));
    await expect(ingestion).rejects.toThrow(/64 numbers where 32 are expected.*IBID_EMBED_DIMENSIONS/);
    expect(await ibid.store.manifest()).toBeUndefined();
  });

  test('whose model has changed its dimension is indexed anew', async () => {
    const server = await startServer();
    const config = configFor(`${server.url}/v1`, 'changed');
    const before = await open(config);
    await before.ingest(await folderSource(documents));
    await before.close();
    server.misbehave({ vectors: (vectors) => vectors.map((vector) => vector.slice(0, 48)) });
    const faults: string[] = [];
    const ibid = await open(config, { onFault: (message) => faults.push(message) });
    expect((await ask(ibid, QUESTION)).degraded).toBeDefined();
    expect(faults).toEqual([expect.stringContaining('npx ibid ingest --rebuild')]);
    const anew = await open(config, { rebuild: true });
    await anew.ingest(await folderSource(documents), { rebuild: true });
    expect(await anew.store.manifest()).toMatchObject({ dimensions: 48 });
    expect((await ask(await open(config), QUESTION)).degraded).toBeUndefined();
  });

  test('is told from the embedded model: an index of one is refused to the other', async () => {
    const { url } = await startServer();
    const config = configFor(`${url}/v1`, 'both');
    await (await open(config)).ingest(await folderSource(documents));
    const embedded = parseConfig({ IBID_DATA: config.data });
    await expect(open(embedded)).rejects.toMatchObject({ code: 'index_incompatible' });
    expect((await readStatus(embedded)).embedderId).toBe('minilm-l6-v2/fp32');
  });
});
