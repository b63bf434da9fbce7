import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { plainBert } from '../../testing/plain-bert.ts';
import { type TinyBert, writeTinyBert } from '../../testing/tiny-bert.ts';
import { createCrossEncoder } from './cross-encoder.ts';
import { HEAD_WIDTH } from './cross-encoder-graph.ts';
import type { StoredTensor } from './safetensors.ts';

const folder = mkdtempSync(join(tmpdir(), 'ibid-cross-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const bert = writeTinyBert(join(folder, 'model'));
const HEAD = Float32Array.from(
  { length: HEAD_WIDTH * bert.config.hidden_size },
  (_, i) => Math.sin(i * 0.7) / 3,
);
const BIAS = Float32Array.of(0.1, -0.2, 0.3, 0.4, -0.5, 0.6);

test('reads as a plain forward pass over both texts does: best span within a sentence, relevance, entailment', async () => {
  const encoder = open();
  onTestFinished(encoder.close);
  const question = 'when do owls hunt';
  const [first, second] = ['owls hunt at night .', 'their wings make no sound .'];
  const logits = plainLogits(`${question} [SEP] birds . ${first} ${second}`);
  const [reading] = await encoder.read(question, [{ context: 'birds', sentences: [first, second] }]);
  const nothing = at(logits, 0, 0) + at(logits, 0, 1);
  expect(reading?.relevance).toBeCloseTo(at(logits, 0, 2), 3);
  for (const [i, [start, end]] of (
    [
      [8, 13],
      [13, 19],
    ] as const
  ).entries()) {
    const spans = spansOf(logits, start, end);
    const best = Math.max(...spans.map(({ score }) => score));
    const odds = spans.map(({ score }) => Math.exp(score));
    const length = spans.reduce((sum, span, at) => sum + span.length * (odds[at] ?? 0), 0) / sumOf(odds);
    expect(reading?.sentences[i]?.logOdds).toBeCloseTo(best - nothing, 3);
    expect(reading?.sentences[i]?.length).toBeCloseTo(length, 3);
  }

  const claim = plainLogits(`owls hunt [SEP] ${first}`);
  const [entailed] = await encoder.entail('owls hunt', [first]);
  const [entails = 0, neutral = 0, contradicts = 0] = [3, 4, 5].map((column) =>
    Math.exp(at(claim, 0, column)),
  );
  expect(entailed).toBeCloseTo(entails / (entails + neutral + contradicts), 3);
});

test('reads many texts in their order, each as it would alone, and finishes them before it closes', async () => {
  const encoder = open();
  const texts = ['owls hunt', 'bake it until crust is brown', 'bridge opened in 1932'].map((text) => ({
    context: '',
    sentences: [text],
  }));
  const together = encoder.read('when', texts);
  const apart: unknown[] = [];
  for (const text of texts) apart.push(...(await encoder.read('when', [text])));
  await encoder.close();
  expect(await together).toEqual(apart);
  await expect(encoder.read('when', texts)).rejects.toMatchObject({ code: 'embedder_failed' });
});

test('says nothing of a sentence that was cut off, and reads an empty text', async () => {
  const encoder = open();
  onTestFinished(encoder.close);
  const [long, empty] = await encoder.read('when', [
    { context: '', sentences: ['owls '.repeat(200), 'night'] },
    { context: '', sentences: [] },
  ]);
  expect(long?.sentences).toEqual([{ logOdds: expect.any(Number), length: expect.any(Number) }, undefined]);
  expect(empty).toEqual({ relevance: expect.any(Number), sentences: [] });
});

function open() {
  const model = {
    identity: 'tiny-cross',
    maxTokens: 64,
    weightsSha256: '0'.repeat(64),
    readConfig: () => bert.config,
    readTokenizer: () => JSON.stringify(bert.tokenizer),
    readWeights: () => storedWeights(bert),
  };
  return createCrossEncoder({ model, cacheDirectory: folder, precision: 'fp32', threads: 2 });
}

function storedWeights({ weights }: TinyBert): Map<string, StoredTensor> {
  const head = [
    ['head.weight', { shape: [HEAD_WIDTH, bert.config.hidden_size], data: HEAD }],
    ['head.bias', { shape: [HEAD_WIDTH], data: BIAS }],
  ] as const;
  return new Map(
    [...weights, ...head].map(([name, { shape, data }]) => [
      name,
      { dtype: 'F32', shape, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) },
    ]),
  );
}

/** Of words the vocabulary holds; the first `[SEP]` parts the texts. */
function plainLogits(text: string): number[][] {
  const words = ['[CLS]', ...text.split(' '), '[SEP]'];
  const tokens = words.map((word) => bert.vocabulary.indexOf(word));
  expect(tokens).not.toContain(-1);
  const parting = words.indexOf('[SEP]');
  const states = plainBert(
    bert,
    tokens,
    words.map((_, index) => (index > parting ? 1 : 0)),
  );
  return states.map((state) =>
    [...BIAS].map((bias, row) =>
      state.reduce((sum, value, i) => sum + value * (HEAD[row * state.length + i] ?? 0), bias),
    ),
  );
}

function spansOf(logits: number[][], start: number, end: number) {
  const spans: { readonly length: number; readonly score: number }[] = [];
  for (let first = start; first < end; first++)
    for (let last = first; last < end; last++)
      spans.push({ length: last - first + 1, score: at(logits, first, 0) + at(logits, last, 1) });
  return spans;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function at(logits: number[][], token: number, column: number): number {
  return logits[token]?.[column] ?? Number.NaN;
}
