import { expect, test } from 'vitest';
import { toTokenSequence } from './token-sequence.ts';
import type { WordPieces } from './word-pieces.ts';

/** One id a word: its length. */
const pieces: WordPieces = {
  begin: 101,
  end: 102,
  encode: (text, limit) => (text.match(/\S+/g) ?? []).map((word) => word.length).slice(0, limit),
  count: (text) => (text.match(/\S+/g) ?? []).length,
};

test('writes context, text and what lies between sentences in order, and keeps where sentences lie', () => {
  const text = 'a bb - ccc dddd tail';
  const sentences = [
    { start: 0, end: 4 },
    { start: 7, end: 15 },
  ];
  const sequence = toTokenSequence(pieces, { context: 'heading', text, sentences }, 256);
  expect([...sequence.tokens]).toEqual([101, 7, 1, 2, 1, 3, 4, 4, 102]);
  expect([...sequence.ranges]).toEqual([2, 4, 5, 7]);
  expect(sequence.rangeOfSentence).toEqual([0, 1]);
});

test('cuts the text off at the limit, shortens the sentence there and gives those behind it no range', () => {
  const text = 'a a a b b b c c c';
  const sentences = [0, 6, 12].map((start) => ({ start, end: start + 5 }));
  const sequence = toTokenSequence(pieces, { context: '', text, sentences }, 7);
  expect(sequence.tokens).toHaveLength(7);
  expect(sequence.tokens.at(-1)).toBe(102);
  expect([...sequence.ranges]).toEqual([1, 4, 4, 6]);
  expect(sequence.rangeOfSentence).toEqual([0, 1, -1]);
});

test('leaves half of the room to the text, however long the context is', () => {
  const input = { context: 'x '.repeat(500), text: 'yy '.repeat(500), sentences: [] };
  const { tokens } = toTokenSequence(pieces, input, 12);
  expect([...tokens]).toEqual([101, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 102]);
});

test('gives a sentence without tokens no range', () => {
  const input = {
    context: '',
    text: '   word',
    sentences: [
      { start: 0, end: 2 },
      { start: 3, end: 7 },
    ],
  };
  expect(toTokenSequence(pieces, input, 256).rangeOfSentence).toEqual([-1, 0]);
});
