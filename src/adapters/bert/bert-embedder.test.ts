import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import type { Embedder } from '../../ports/embedder.ts';
import { embedderConformance } from '../../testing/embedder-conformance.ts';
import { plainBert, unitMean } from '../../testing/plain-bert.ts';
import { type TinyBert, type TinyBertOptions, writeTinyBert } from '../../testing/tiny-bert.ts';
import { type BertEmbedder, createBertEmbedder } from './bert-embedder.ts';
import { openModelFolder } from './open-model-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'ibid-bert-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const cacheDirectory = join(root, 'cache');
let folders = 0;

for (const pooling of ['mean', 'cls'] as const) {
  embedderConformance(`a BERT from a folder that pools by ${pooling}`, async () => {
    const { embedder } = open({ pooling });
    return { embedder, wholesOnly: pooling === 'cls', close: embedder.close };
  });

  for (const floats of ['F32', 'F16', 'BF16'] as const) {
    test(`gives the vectors of a plain forward pass, by ${pooling} from ${floats}`, async () => {
      const namePrefix = floats === 'F32' ? '' : 'bert.';
      const { bert, embedder } = open({ pooling, floats, namePrefix });
      onTestFinished(embedder.close);
      for (const text of ['owls', 'when do owls hunt at night', 'the crust of bread is brown .']) {
        const states = plainBert(bert, [CLS, ...spell(bert, text), SEP]);
        const expected = unitMean(pooling === 'cls' ? states.slice(0, 1) : states);
        expectNear(await embedPassage(embedder, text), expected);
        expectNear(await embedder.embedQuery(text), expected);
      }
    });
  }
}

test('gives each sentence the mean of its tokens, read with all of the passage', async () => {
  const { bert, embedder } = open();
  onTestFinished(embedder.close);
  const [first, second] = ['owls hunt at night .', 'their wings make no sound .'];
  const [made] = await embedder.embedPassages([
    {
      context: 'birds',
      text: `${first} ${second}`,
      sentences: [
        { start: 0, end: 20 },
        { start: 21, end: 48 },
      ],
    },
  ]);
  const states = plainBert(bert, [CLS, ...spell(bert, `birds ${first} ${second}`), SEP]);
  expectNear(made?.vector, unitMean(states));
  expectNear(made?.sentenceVectors[0], unitMean(states.slice(2, 7)));
  expectNear(made?.sentenceVectors[1], unitMean(states.slice(7, 13)));
});

test('reads the prefixes of the model before questions and passages', async () => {
  const { bert, embedder } = open({
    files: { 'config_sentence_transformers.json': { prompts: { query: 'when: ', document: 'birds: ' } } },
  });
  onTestFinished(embedder.close);
  const expected = (text: string) => unitMean(plainBert(bert, [CLS, ...spell(bert, text), SEP]));
  expectNear(await embedder.embedQuery('owls hunt'), expected('when : owls hunt'));
  const [made] = await embedder.embedPassages([{ context: 'night', text: 'owls hunt', sentences: [] }]);
  expectNear(made?.vector, expected('birds : night owls hunt'));
});

test('cuts off at the length that the model was made for', async () => {
  const { bert, embedder } = open({ files: { 'sentence_bert_config.json': { max_seq_length: 8 } } });
  onTestFinished(embedder.close);
  expect(embedder.maxTokens).toBe(8);
  const states = plainBert(bert, [CLS, ...spell(bert, 'owls '.repeat(6).trim()), SEP]);
  expectNear(await embedPassage(embedder, 'owls '.repeat(50)), unitMean(states));
});

test('tells capitals apart where the tokeniser does', async () => {
  const { bert, embedder } = open({ lowercase: false });
  onTestFinished(embedder.close);
  expectNear(
    await embedPassage(embedder, 'Owls hunt'),
    unitMean(plainBert(bert, [CLS, ...['O', '##w', '##l', '##s', 'hunt'].map((p) => idOf(bert, p)), SEP])),
  );
});

test('keeps a graph for each model and precision, and gives in int8 vectors near those of fp32', async () => {
  const own = join(root, 'graphs');
  const vectors: Float32Array[] = [];
  for (const precision of ['fp32', 'int8'] as const)
    for (const seed of [1, 2]) {
      const { embedder } = open({ seed }, { precision, cacheDirectory: own });
      vectors.push(await embedder.embedQuery('owls hunt at night'));
      await embedder.close();
    }
  expect(readdirSync(own)).toHaveLength(4);
  const [exact, otherExact, rounded, otherRounded] = vectors;
  expect(cosine(exact, rounded)).toBeGreaterThan(0.98);
  expect(cosine(otherExact, otherRounded)).toBeGreaterThan(0.98);
  expect(cosine(exact, otherExact)).toBeLessThan(0.9);
});

test('says what does not fit when config.json and weights are of different models', async () => {
  const { config } = writeTinyBert(join(root, 'any'));
  for (const [change, message] of [
    [{ hidden_size: 64 }, /word_embeddings\.weight as \[\d+,32\] and not \[\d+,64\]/],
    [{ num_hidden_layers: 3 }, /lack encoder\.layer\.2\./],
  ] as const) {
    const { embedder } = open({ files: { 'config.json': { ...config, ...change } } });
    await expect(embedder.embedQuery('owls')).rejects.toMatchObject({
      code: 'embedder_failed',
      message: expect.stringMatching(message),
    });
    await embedder.close();
  }
});

const SEP = 3;
const CLS = 4;

function open(
  options: TinyBertOptions = {},
  settings: { precision?: 'fp32' | 'int8'; cacheDirectory?: string } = {},
): { bert: TinyBert; embedder: BertEmbedder } {
  const folder = join(root, `model-${folders++}`);
  const bert = writeTinyBert(folder, options);
  const model = openModelFolder(folder);
  const embedder = createBertEmbedder({ model, cacheDirectory, precision: 'fp32', threads: 1, ...settings });
  return { bert, embedder };
}

/** Ids of lower-case words with spaces between; a word that the vocabulary lacks is spelt. */
function spell(bert: TinyBert, text: string): number[] {
  return text
    .split(' ')
    .flatMap((word) =>
      bert.vocabulary.includes(word) ? [word] : [...word].map((each, index) => (index ? `##${each}` : each)),
    )
    .map((piece) => idOf(bert, piece));
}

function idOf(bert: TinyBert, piece: string): number {
  const id = bert.vocabulary.indexOf(piece);
  expect(id, piece).toBeGreaterThan(-1);
  return id;
}

async function embedPassage(embedder: Embedder, text: string): Promise<Float32Array | undefined> {
  return (await embedder.embedPassages([{ context: '', text, sentences: [] }]))[0]?.vector;
}

function expectNear(actual: Float32Array | undefined, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  const furthest = Math.max(
    ...expected.map((value, index) => Math.abs(value - (actual?.[index] ?? Number.NaN))),
  );
  expect(furthest).toBeLessThan(1e-4);
}

function cosine(left: Float32Array | undefined, right: Float32Array | undefined): number {
  if (!left || !right) return Number.NaN;
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? Number.NaN), 0);
}
