import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeHarbourData } from '../../eval/testing/harbour-data.ts';
import { type FakeModelServer, startFakeModelServer } from '../testing/fake-model-server.ts';
import { createProgram } from './program.ts';

let folder = '';
let server: FakeModelServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-eval-model-'));
  await writeHarbourData(join(folder, 'data'));
  server = await startFakeModelServer();
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function run(environment: Record<string, string>, ...words: string[]) {
  const stdout = new PassThrough({ encoding: 'utf8' });
  const stderr = new PassThrough({ encoding: 'utf8' });
  const { signal } = new AbortController();
  const context = { environment, stdin: Readable.from(['']), stdout, stderr, signal, setExitCode: () => {} };
  await createProgram(context, '1.2.3').parseAsync(['eval', ...words], { from: 'user' });
  return String(stdout.read() ?? '');
}

test('the model of the settings answers the cases, and another judges its answers', async () => {
  server.say(({ body }) => ({
    text:
      body.model === 'judge'
        ? '{"supported": [true], "complete": "yes"}'
        : 'The harbour of Arlen was opened in 1801. [1]',
  }));
  const environment = { IBID_MODEL: 'openai:writer', IBID_MODEL_BASE_URL: `${server.url}/v1` };
  const predictions = join(folder, 'predictions.jsonl');
  const paths = ['--data', join(folder, 'data'), '--out', folder, '--predictions', predictions];
  const out = await run(
    environment,
    ...paths,
    '--reader',
    'model',
    '--judge',
    'openai:judge',
    '--limit',
    '1',
    '--json',
  );
  const report = JSON.parse(out);
  expect(report.system).toMatch(/reader=openai:writer prompts=[0-9a-f]{12}/);
  expect(report.cases[0].verdict).toBe('answered-right');
  expect(report.metrics.find(({ id }: { id: string }) => id === 'judge.faithfulness')).toMatchObject({
    label: 'Faithfulness (by openai:judge)',
    value: 1,
  });
  expect(server.requests.some(({ body }) => body.model === 'writer')).toBe(true);
});

test('a model that is not set cannot be put to the test', async () => {
  await expect(run({}, '--data', join(folder, 'data'), '--reader', 'model')).rejects.toThrow(
    /the model of IBID_MODEL/,
  );
});
