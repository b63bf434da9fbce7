import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checksum } from './graph-checksum.mjs';
import { bertGraphOf, graphPathIn, writeGraphFile } from './graph-file.ts';
import { startInferenceWorker } from './inference-worker.ts';
import { MINILM } from './minilm-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'ibid-worker-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const start = (graphPath: string) => startInferenceWorker({ graphPath, threads: 1, spinning: false });
const tokens = (...ids: number[]) => ({
  texts: 1,
  tokens: Int32Array.from(ids),
  ranges: Int32Array.of(0, ids.length),
});

test('does not start on a graph that is missing', async () => {
  expect(await start(join(folder, 'nowhere.onnx'))).toBeUndefined();
});

test('rejects with embedder_failed when the runtime refuses the graph', async () => {
  const path = join(folder, 'no-model.onnx');
  const body = new TextEncoder().encode('whole, but no model');
  writeFileSync(path, Buffer.concat([body, Buffer.from(checksum([body]))]));
  await expect(start(path)).rejects.toMatchObject({ code: 'embedder_failed' });
});

test('fails one text that the graph cannot run, and answers the next', async () => {
  const path = graphPathIn(folder, MINILM, 'int8');
  writeGraphFile(path, () => bertGraphOf(MINILM, 'int8'));
  const worker = await start(path);
  await expect(worker?.run(tokens(101, 99_999_999, 102))).rejects.toMatchObject({ code: 'embedder_failed' });
  expect((await worker?.run(tokens(101, 102)))?.output).toHaveLength(384);
  const last = worker?.run(tokens(101, 2000, 102));
  await worker?.close();
  expect((await last)?.output, 'given before the close, answered before the end').toHaveLength(384);
  expect(worker?.ended).toBe(true);
});
