import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import { readStatus } from '../node.ts';
import { type RunningServer, serve } from './serve.ts';

const url = process.env.DATABASE_URL;
const why = url === undefined ? ' (skipped: DATABASE_URL names no server)' : '';

describe.skipIf(url === undefined)(`Two servers on one Postgres database${why}`, () => {
  const schema = `ibid_test_${crypto.randomUUID().replaceAll('-', '')}`;
  let folder = '';
  const servers: RunningServer[] = [];
  const settings = (name: string) => {
    const database = new URL(url ?? '');
    database.searchParams.set('options', `-c search_path=${schema},public`);
    return parseConfig({
      ...{ PORT: '0', IBID_ADMIN_KEY: 'hush', DATABASE_URL: database.href },
      ...{ IBID_DOCUMENTS: join(folder, 'documents'), IBID_DATA: join(folder, name) },
    });
  };
  const administer = async (sql: string) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  const post = async (at: number, path: string, body: unknown) => {
    const reply = await fetch(`${servers[at]?.url}${path}`, {
      ...{ method: 'POST', body: JSON.stringify(body) },
      headers: { 'content-type': 'application/json', authorization: 'Bearer hush' },
    });
    return (await reply.json()) as Record<string, unknown>;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ibid-shared-'));
    await mkdir(join(folder, 'documents'));
    await writeFile(
      join(folder, 'documents', 'keeper.md'),
      '# Lighthouse\n\nThe keeper of the lighthouse is Orla Finn.\n',
    );
    await administer(`CREATE SCHEMA ${schema}`);
    servers.push(...(await Promise.all(['one', 'two'].map((name) => serve(settings(name), () => {})))));
    await Promise.all(servers.map(({ ingested }) => ingested));
  }, 60_000);
  afterAll(async () => {
    for (const server of servers) await server.close();
    await administer(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await rm(folder, { recursive: true });
  });

  test('ingest the same documents once', async () => {
    const { documents, passages, manifest } = await readStatus(settings('three'));
    expect({ documents, passages, generation: manifest?.generation }).toEqual({
      ...{ documents: 1, passages: 1, generation: 1 },
    });
  });

  test('answer alike, and each goes on with a conversation of the other', async () => {
    const question = 'Who is the keeper of the lighthouse?';
    const [one, two] = [await post(0, '/v1/ask', { question }), await post(1, '/v1/ask', { question })];
    expect(one.status).toBe('answered');
    expect([two.text, two.citations]).toEqual([one.text, one.citations]);
    const again = { question, conversation_id: one.conversation_id };
    expect(await post(1, '/v1/ask', again)).toMatchObject({ conversation_id: one.conversation_id });
  });

  test('each find what the other took in, by meaning too, within seconds', async () => {
    const text = 'Wilma Stone tends the harbour.';
    await post(0, '/v1/documents', { uri: 'harbour.txt', text });
    let hits: unknown[] = [];
    for (let tries = 0; tries < 40 && hits.length < 2; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      hits = (await post(1, '/v1/search', { query: 'person in charge of the port', limit: 2 }))
        .hits as unknown[];
    }
    expect(JSON.stringify(hits)).toContain('Wilma Stone');
  }, 30_000);
});
