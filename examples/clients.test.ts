import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseConfig } from '../src/config.ts';
import { type RunningServer, serve } from '../src/node/serve.ts';
import { askWithAiSdk } from './ai-sdk.ts';
import { askWithIbidClient } from './ibid-client.ts';
import { askWithMcp } from './mcp.ts';
import { askWithOpenAi, followUpWithOpenAi } from './openai.ts';

const SENTENCE = 'The keeper of the lighthouse is Orla Finn.';
const QUESTION = 'Who is the keeper of the lighthouse?';

let folder = '';
let server: RunningServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-clients-'));
  const documents = join(folder, 'documents');
  await mkdir(documents);
  await writeFile(join(documents, 'keeper.md'), `# Lighthouse\n\n${SENTENCE} She was born in Galway.\n`);
  const data = join(folder, 'data');
  const settings = { PORT: '0', IBID_DOCUMENTS: documents, IBID_DATA: data, IBID_EMBED_THREADS: '1' };
  server = await serve(parseConfig(settings), () => {});
  await server.ingested;
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

describe('The examples of clients', () => {
  it('ask through openai, and follow up', async () => {
    const shown = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const answer = await askWithOpenAi(server.url, QUESTION);
    expect(shown.mock.calls.map(([text]) => text).join('')).toContain(SENTENCE);
    shown.mockRestore();
    const [text, source] = answer.split('\n');
    expect(text).toBe(SENTENCE);
    expect(source).toMatch(/^Lighthouse: http:.*\/v1\/documents\/doc_\w+#:~:text=The%20keeper/);
    expect(await followUpWithOpenAi(server.url, QUESTION, 'Where was she born?')).toContain('Galway');
  });

  it('ask through the AI SDK', async () => {
    expect(await askWithAiSdk(server.url, QUESTION)).toMatch(
      new RegExp(`^${SENTENCE}\\n\\[1\\] Lighthouse: http`),
    );
  });

  it('ask through the Model Context Protocol', async () => {
    expect(await askWithMcp(server.url, QUESTION)).toContain(`[1] “${SENTENCE}”\n— Lighthouse (keeper.md)`);
  });

  it('ask through ibid/client', async () => {
    expect(await askWithIbidClient(server.url, QUESTION)).toBe(
      `${SENTENCE}\n[1] “${SENTENCE}” keeper.md:14–56`,
    );
  });

  it('find ibid/client under that name', async () => {
    const program = `import { createClient } from 'ibid/client';
      const { text } = await createClient({ baseUrl: process.argv[1] }).ask({ question: process.argv[2] });
      console.log(text);`;
    const words = ['--input-type=module', '--eval', program, server.url, QUESTION];
    const { stdout } = await promisify(execFile)(process.execPath, words);
    expect(stdout).toBe(`${SENTENCE}\n`);
  });

  it('ask through curl', async () => {
    const script = fileURLToPath(new URL('curl.sh', import.meta.url));
    const question = 'Who is "the keeper" of the \\ lighthouse?';
    const { stdout } = await promisify(execFile)('sh', [script, question, server.url]);
    const names = [...stdout.matchAll(/^event: (.*)$/gm)].map(([, name]) => name);
    expect([names[0], names.at(-1)]).toEqual(['passages-found', 'answer-end']);
    const last = stdout.trim().split('\n').at(-1) ?? '';
    expect(JSON.parse(last.slice('data: '.length))).toMatchObject({ standalone_question: question });
  });
});
