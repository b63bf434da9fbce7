import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Config, parseConfig } from '../config.ts';
import type { NodeLogEntry } from './log.ts';
import { type RunningServer, serve } from './serve.ts';

let folder = '';
let config: Config;
let server: RunningServer;
const entries: NodeLogEntry[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-serve-'));
  const documents = join(folder, 'documents');
  await mkdir(documents);
  await writeFile(join(documents, 'ferry.txt'), 'The ferry to Inis Mor sails at nine in the morning.');
  await writeFile(join(documents, 'torn.pdf'), 'no pdf');
  config = parseConfig({ PORT: '0', IBID_DOCUMENTS: documents, IBID_DATA: join(folder, 'data') });
  server = await serve(config, (entry) => entries.push(entry));
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const ask = (question: string) =>
  fetch(`${server.url}/v1/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ question }),
  });

test('it serves while the documents are read, is ready afterwards, and answers from them', async () => {
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  await server.ingested;
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  const reply = await (await ask('When does the ferry to Inis Mor sail?')).json();
  expect(reply).toMatchObject({ status: 'answered', citations: [{ uri: 'ferry.txt' }] });
  const messages = entries.flatMap((entry) => (entry.event === 'notice' ? [entry.message] : []));
  expect(messages.join('\n')).toMatch(/Skipped torn\.pdf[\s\S]*1 added/);
});

test('its pages and their files come from the installation', async () => {
  for (const path of ['/', '/page/app.css', '/docs', '/docs/swagger-ui.css', '/openapi.json']) {
    expect((await fetch(server.url + path)).status, path).toBe(200);
  }
});

test('an upload is answered from at once', async () => {
  const uploaded = await fetch(`${server.url}/v1/documents`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ uri: 'note.txt', text: 'The harbour master of Kilronan is Ilse Brandt.' }),
  });
  expect(uploaded.status).toBe(201);
  expect(await (await ask('Who is the harbour master of Kilronan?')).json()).toMatchObject({
    status: 'answered',
  });
});

test('a port in use is refused with what to do', async () => {
  const port = Number(new URL(server.url).port);
  await expect(serve({ ...config, port }, () => {})).rejects.toThrow(/in use.*set PORT/);
});

test('closing lets a running answer end and then refuses', async () => {
  const other = await serve({ ...config, data: join(folder, 'other') }, () => {});
  await other.ingested;
  const answer = fetch(`${other.url}/v1/search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: 'ferry' }),
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  await other.close();
  expect((await answer).status).toBe(200);
  await expect(fetch(`${other.url}/healthz`)).rejects.toThrow();
});
