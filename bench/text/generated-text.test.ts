import { expect, test } from 'vitest';
import { generatedText } from './generated-text.ts';

test('generated text is the same each time, whatever slice is asked for', async () => {
  const [first, second] = [generatedText(), generatedText()];
  const whole = await first.documents(0, 40);
  expect(await second.documents(10, 30)).toEqual(whole.slice(10));
  expect(await second.questions(5)).toEqual((await first.questions(20)).slice(0, 5));
  expect(new Set(whole.map((document) => document.text)).size).toBe(40);
});

test('word frequencies of generated text fall with their rank as in natural text', async () => {
  const counts = new Map<string, number>();
  for (const { text } of await generatedText().documents(0, 300)) {
    for (const word of text.toLowerCase().match(/[a-z]+/g) ?? [])
      counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const sorted = [...counts.values()].sort((a, b) => b - a);
  const [first = 0, tenth = 0, hundredth = 0] = [sorted[0], sorted[9], sorted[99]];
  expect(first / tenth).toBeGreaterThan(5);
  expect(first / tenth).toBeLessThan(20);
  expect(tenth / hundredth).toBeGreaterThan(5);
  expect(tenth / hundredth).toBeLessThan(20);
});

test('generated documents have sentences and as many tokens as a hundred English words', async () => {
  const documents = await generatedText().documents(0, 200);
  const words = documents.map(({ text }) => text.split(/\s+/).length);
  const mean = words.reduce((sum, count) => sum + count, 0) / words.length;
  expect(mean).toBeGreaterThan(35);
  expect(mean).toBeLessThan(55);
  for (const { text } of documents) expect(text).toMatch(/^[A-Z][a-z, ]+\.(\s+[A-Z][a-z, ]+\.)*$/);
});

test('generated text ends after 100,000 documents', async () => {
  expect(await generatedText().documents(99_999, 10)).toHaveLength(1);
});
