import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import { describe, expect, test } from 'vitest';
import type { PassageInput } from '../../ports/embedder.ts';
import { createLangchainEmbedder } from './langchain-embedder.ts';
import { openLangchainEmbedder } from './open-langchain-embedder.ts';

const SERVER = 'The embedding server at http://test';

/** A model of somebody's own; `vectors` are what it gives for any texts. */
function embeddingsOf(vectors: (texts: readonly string[]) => unknown): EmbeddingsInterface {
  const given = async (texts: string[]) => vectors(texts) as number[][];
  return { embedDocuments: given, embedQuery: async (text) => (await given([text]))[0] ?? [] };
}

const failing = (error: unknown) =>
  embeddingsOf(() => {
    throw error;
  });

function embedderOf(embeddings: EmbeddingsInterface, batchSize?: number) {
  const hurry = { within: 100, tries: 1 };
  const patience = { queryPatience: hurry, passagePatience: hurry };
  return createLangchainEmbedder({
    embeddings,
    id: 'own',
    dimensions: 2,
    place: SERVER,
    batchSize,
    ...patience,
  });
}

const inputs = (...texts: string[]): PassageInput[] =>
  texts.map((text) => ({ context: '', text, sentences: [] }));

describe('An embedder over LangChain embeddings', () => {
  test('scales vectors to unit length', async () => {
    const embedder = embedderOf(embeddingsOf((texts) => texts.map(() => [3, -4])));
    expect(await embedder.embedQuery('a')).toEqual(Float32Array.of(0.6, -0.8));
    expect(await embedder.embedPassages(inputs('a'))).toEqual([
      { vector: Float32Array.of(0.6, -0.8), sentenceVectors: [] },
    ]);
  });

  test('reads the context before the text, and hands on no half of a surrogate pair and no empty text', async () => {
    const seen: string[] = [];
    const embedder = embedderOf(
      embeddingsOf((texts) => {
        seen.push(...texts);
        return texts.map(() => [1, 0]);
      }),
    );
    await embedder.embedPassages([
      { context: 'Birds > Owls', text: 'Owls hunt.', sentences: [] },
      ...inputs('\ud800 lone', '', ' \n '),
    ]);
    expect(seen).toEqual(['Birds > Owls\n\nOwls hunt.', '\ufffd lone', '.', '.']);
  });

  test('asks for a bounded number of texts at a time, in their order', async () => {
    const sizes: number[] = [];
    const embedder = embedderOf(
      embeddingsOf((texts) => {
        sizes.push(texts.length);
        return texts.map((text) => [Number(text), 1]);
      }),
      2,
    );
    const made = await embedder.embedPassages(inputs('1', '2', '3', '4', '5'));
    expect(sizes).toEqual([2, 2, 1]);
    expect(made.map(({ vector: [a = 0, b = 1] }) => Math.round(a / b))).toEqual([1, 2, 3, 4, 5]);
  });

  test.each([
    ['a wrong dimension', [1, 2, 3], '3 numbers where 2 are expected'],
    ['a short vector', [], '0 numbers where 2 are expected'],
    ['null, as JSON has NaN', [1, null], 'finite numbers'],
    ['NaN', [1, Number.NaN], 'finite numbers'],
    ['base64', 'AACAPwAAgD8=', 'finite numbers'],
    ['zeros', [0, 0], 'without a direction'],
    ['numbers too large to measure', [1e300, 1e300], 'without a direction'],
  ])('refuses %s', async (_, vector, message) => {
    const embedder = embedderOf(embeddingsOf((texts) => texts.map(() => vector)));
    const fault = { code: 'embedder_failed', message: expect.stringContaining(message) };
    await expect(embedder.embedQuery('a')).rejects.toMatchObject(fault);
    await expect(embedder.embedPassages(inputs('a', 'b'))).rejects.toMatchObject(fault);
  });

  test.each([
    [[]],
    [[[1, 0]]],
    [
      [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
    ],
    [undefined],
  ])('refuses another number of vectors than of texts: %j', async (vectors) => {
    const embedder = embedderOf(embeddingsOf(() => vectors));
    await expect(embedder.embedPassages(inputs('a', 'b'))).rejects.toThrow('vectors for 2 texts');
  });

  test.each([
    ['refused key', { status: 401 }, 'IBID_EMBED_API_KEY'],
    ['unknown model', { statusCode: 404 }, 'IBID_EMBED_MODEL'],
    ['text too long', { response: { status: 413 } }, 'IBID_EMBED_MAX_TOKENS'],
    ['quota', { status: 429, code: 'insufficient_quota' }, 'quota is used up'],
    ['fault of the server', { status_code: 500 }, 'Look at its log'],
    ['no server', { cause: { cause: { code: 'ECONNREFUSED' } } }, 'cannot be reached (ECONNREFUSED)'],
    ['anything else', {}, 'could not be used: Oh no.'],
  ])('says what to do about a %s', async (_, fields, message) => {
    const cause = Object.assign(new Error('Oh no\nTroubleshooting'), fields);
    const rejected = expect(embedderOf(failing(cause)).embedQuery('a')).rejects;
    await rejected.toMatchObject({
      code: 'embedder_failed',
      cause,
      message: expect.stringContaining(message),
    });
    await expect(embedderOf(failing(cause)).embedQuery('a')).rejects.toThrow(SERVER);
  });

  test('does not wait for ever', async () => {
    const never = {
      embedDocuments: () => new Promise<never>(() => {}),
      embedQuery: () => new Promise<never>(() => {}),
    };
    await expect(embedderOf(never).embedQuery('a')).rejects.toThrow('did not answer in time');
    await expect(embedderOf(never).embedPassages(inputs('a'))).rejects.toThrow('did not answer in time');
  });
});

describe('Opening one', () => {
  const options = { id: 'own', place: SERVER };

  test('learns the dimension from the model', async () => {
    const embeddings = embeddingsOf((texts) => texts.map(() => [1, 2, 3]));
    expect((await openLangchainEmbedder({ ...options, embeddings })).dimensions).toBe(3);
  });

  test('asks nothing where the dimension is known', async () => {
    const embeddings = failing(new Error('asked'));
    expect((await openLangchainEmbedder({ ...options, embeddings, dimensions: 3 })).dimensions).toBe(3);
  });

  test.each([[[]], ['AACAPwAAgD8='], [[null]]])('refuses %j as a vector', async (vector) => {
    const embeddings = embeddingsOf((texts) => texts.map(() => vector));
    await expect(openLangchainEmbedder({ ...options, embeddings })).rejects.toMatchObject({
      code: 'embedder_failed',
    });
  });
});
