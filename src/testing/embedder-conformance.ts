import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Embedder, PassageInput } from '../ports/embedder.ts';

export interface EmbedderUnderTest {
  readonly embedder: Embedder;
  /** It gives no sentence a vector of its own. */
  readonly wholesOnly?: boolean;
  readonly close?: () => Promise<void>;
}

const OWLS = passage('Birds', ['Owls hunt at night.', 'Their wings make no sound.']);
const BREAD = passage('Baking', ['Knead the dough for ten minutes.', 'Bake it until the crust is brown.']);
const SINGLE = passage('', ['The bridge opened in 1932.']);

/** What every `Embedder` owes its callers; run it on each adapter of the port. */
export function embedderConformance(name: string, create: () => Promise<EmbedderUnderTest>): void {
  describe(`${name} keeps the embedder's contract`, () => {
    let made: EmbedderUnderTest;
    let embedder: Embedder;
    beforeAll(async () => {
      made = await create();
      embedder = made.embedder;
    });
    afterAll(() => made.close?.());
    const vectorsFor = (sentences: number): number => (made.wholesOnly ? 0 : sentences);

    test('gives unit vectors of its dimensions, one a sentence beside the whole where it gives those', async () => {
      const [owls, single] = await embedder.embedPassages([OWLS, SINGLE]);
      expect(owls?.sentenceVectors).toHaveLength(vectorsFor(2));
      expect(single?.sentenceVectors).toHaveLength(vectorsFor(1));
      const vectors = [owls, single].flatMap((each) => (each ? [each.vector, ...each.sentenceVectors] : []));
      for (const vector of [...vectors, await embedder.embedQuery('owls')]) expectUnit(vector, embedder);
    });

    test('keeps the order of its input', async () => {
      const inputs = [OWLS, BREAD, SINGLE, OWLS, BREAD];
      const together = await embedder.embedPassages(inputs);
      expect(together).toHaveLength(inputs.length);
      for (const [index, input] of inputs.entries()) {
        const [alone] = await embedder.embedPassages([input]);
        expect(cosine(together[index]?.vector, alone?.vector)).toBeGreaterThan(0.99999);
      }
    });

    test('gives a passage the same vectors alone and in a large, mixed batch', async () => {
      const others = Array.from({ length: 40 }, (_, index) =>
        passage('Numbers', [`Item ${index}. ${'More words follow here. '.repeat(index % 7)}`]),
      );
      const [alone] = await embedder.embedPassages([OWLS]);
      const batch = await embedder.embedPassages([...others, OWLS]);
      const among = batch.at(-1);
      expect(cosine(among?.vector, alone?.vector)).toBeGreaterThan(0.99999);
      for (const [index, vector] of (alone?.sentenceVectors ?? []).entries())
        expect(cosine(among?.sentenceVectors[index], vector)).toBeGreaterThan(0.99999);
    });

    test('gives identical vectors for identical input', async () => {
      const [first, second] = await Promise.all([
        embedder.embedPassages([OWLS]),
        embedder.embedPassages([OWLS]),
      ]);
      expect(first).toEqual(second);
      expect(await embedder.embedQuery('owls')).toEqual(await embedder.embedQuery('owls'));
    });

    test('places a question nearer to the passage about it', async () => {
      const query = await embedder.embedQuery('When do owls hunt at night?');
      const [owls, bread] = await embedder.embedPassages([OWLS, BREAD]);
      expect(cosine(query, owls?.vector)).toBeGreaterThan(cosine(query, bread?.vector));
      if (made.wholesOnly) return;
      const [hunting, wings] = owls?.sentenceVectors ?? [];
      expect(cosine(query, hunting)).toBeGreaterThan(cosine(query, wings));
    });

    test('takes an empty list, empty text and white space', async () => {
      expect(await embedder.embedPassages([])).toEqual([]);
      expectUnit(await embedder.embedQuery(''), embedder);
      const empty = await embedder.embedPassages([
        { context: '', text: '', sentences: [] },
        { context: '', text: ' \n ', sentences: [{ start: 0, end: 1 }] },
      ]);
      expect(empty.map((each) => each.sentenceVectors.length)).toEqual([0, vectorsFor(1)]);
      for (const each of empty)
        for (const vector of [each.vector, ...each.sentenceVectors]) expectUnit(vector, embedder);
    });

    test('cuts off what is longer than it reads, and still gives what it gives', async () => {
      const sentences = Array.from({ length: 200 }, (_, index) => `Sentence number ${index} is one of many.`);
      const [long] = await embedder.embedPassages([passage('Long', sentences)]);
      expect(long?.sentenceVectors).toHaveLength(vectorsFor(200));
      for (const vector of long?.sentenceVectors ?? []) expectUnit(vector, embedder);
      expectUnit(await embedder.embedQuery('word '.repeat(5_000)), embedder);
      expectUnit(await embedder.embedQuery('x'.repeat(20_000)), embedder);
    });

    test('takes any Unicode', async () => {
      const texts = [
        'Ünïcödé — “quotes”',
        '東京は日本の首都です。',
        'مناف طلاس',
        '👩‍👩‍👧 🎉',
        '\ud800 lone',
        'a\u0000b\ufffd',
      ];
      const made = await embedder.embedPassages(texts.map((text) => passage('', [text])));
      expect(made).toHaveLength(texts.length);
      for (const each of made)
        for (const vector of [each.vector, ...each.sentenceVectors]) expectUnit(vector, embedder);
    });

    test('counts tokens without special ones, so that a longer text has more', () => {
      expect(embedder.countTokens('')).toBe(0);
      expect(embedder.countTokens('owls')).toBeGreaterThan(0);
      expect(embedder.countTokens('owls hunt')).toBeGreaterThan(embedder.countTokens('owls'));
      const words = embedder.countTokens('The dough rests.');
      expect(embedder.countTokens('The dough rests. The dough rests.')).toBe(2 * words);
    });
  });
}

function passage(context: string, sentences: readonly string[]): PassageInput {
  const spans: { start: number; end: number }[] = [];
  let text = '';
  for (const sentence of sentences) {
    if (text !== '') text += ' ';
    spans.push({ start: text.length, end: text.length + sentence.length });
    text += sentence;
  }
  return { context, text, sentences: spans };
}

function expectUnit(vector: Float32Array, embedder: Embedder): void {
  expect(vector).toBeInstanceOf(Float32Array);
  expect(vector).toHaveLength(embedder.dimensions);
  expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
}

function cosine(left: Float32Array | undefined, right: Float32Array | undefined): number {
  if (!left || !right) return Number.NaN;
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? Number.NaN), 0);
}
