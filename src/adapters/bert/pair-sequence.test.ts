import { expect, test } from 'vitest';
import { toPairSequence } from './pair-sequence.ts';
import type { WordPieces } from './word-pieces.ts';

/** One id a word: its length. */
const pieces: WordPieces = {
  begin: 101,
  end: 102,
  encode: (text, limit) => (text.match(/\S+/g) ?? []).map((word) => word.length).slice(0, Math.max(0, limit)),
  count: (text) => (text.match(/\S+/g) ?? []).length,
};

test('writes question, title and sentences, and says which token belongs to what', () => {
  const second = { context: 'title', sentences: ['one bb', '', 'c'] };
  const { tokens, segments, ranges } = toPairSequence(pieces, { first: 'who did', second }, 256);
  expect([...tokens]).toEqual([101, 3, 3, 102, 5, 1, 3, 2, 1, 102]);
  expect([...segments]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 1, 1]);
  expect(ranges).toEqual([{ start: 6, end: 8 }, undefined, { start: 8, end: 9 }]);
});

test('cuts off at the limit, and gives what lies behind it no range', () => {
  const second = { context: '', sentences: ['a a a', 'b b b', 'c'] };
  const { tokens, ranges } = toPairSequence(pieces, { first: 'q', second }, 8);
  expect(tokens).toHaveLength(8);
  expect(tokens.at(-1)).toBe(102);
  expect(ranges).toEqual([{ start: 3, end: 6 }, { start: 6, end: 7 }, undefined]);
});

test('leaves room for the text beside a question without end', () => {
  const second = { context: 'w '.repeat(500), sentences: ['a b'] };
  const { ranges } = toPairSequence(pieces, { first: 'q '.repeat(500), second }, 256);
  expect(ranges[0]).toEqual({ start: 67, end: 69 });
});
