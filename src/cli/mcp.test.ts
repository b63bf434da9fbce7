import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { getDefaultEnvironment, StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import { configuredSource } from '../node/sources.ts';
import { openIbid } from '../node.ts';

const CLI = fileURLToPath(new URL('../../dist/src/cli.js', import.meta.url));

let folder = '';
let environment: Record<string, string> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-mcp-'));
  await mkdir(join(folder, 'documents'));
  const keeper = '# Lighthouse\n\nThe keeper of the lighthouse is Orla Finn.\n';
  await writeFile(join(folder, 'documents', 'keeper.md'), keeper);
  environment = { IBID_DOCUMENTS: join(folder, 'documents'), IBID_DATA: join(folder, 'data') };
  const config = parseConfig({ ...environment, IBID_EMBED_THREADS: '1' });
  const ibid = await openIbid(config);
  await ibid.ingest(await configuredSource(config));
  await ibid.close();
});
afterAll(() => rm(folder, { recursive: true }));

test('a desktop client starts `ibid mcp`, asks and reads over its standard input and output', async () => {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [CLI, 'mcp'],
    env: { ...getDefaultEnvironment(), ...environment },
    stderr: 'pipe',
  });
  let complaints = '';
  transport.stderr?.on('data', (data) => {
    complaints += String(data);
  });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  const question = 'Who is the keeper of the lighthouse?';
  const result = await client.callTool({ name: 'ask', arguments: { question } });
  expect(result.structuredContent).toMatchObject({ status: 'answered', citations: [{ uri: 'keeper.md' }] });
  const [resource] = (await client.listResources()).resources;
  expect(resource).toMatchObject({ name: 'keeper.md', mimeType: 'text/markdown' });
  await client.close();
  expect(complaints).toBe('');
});
