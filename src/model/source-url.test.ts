import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sourceUrl } from './source-url.ts';

const ORIGIN = 'https://docs.example.org';
const cited = { uri: 'notes/a.md', documentId: 'doc_1', quote: 'The pier is long.' };

test('a file is shown by this server, with its quote marked', () => {
  expect(sourceUrl(cited, ORIGIN)).toBe(
    'https://docs.example.org/v1/documents/doc_1#:~:text=The%20pier%20is%20long.',
  );
});

test('a page of the web is shown where it stands, also below an anchor of its own', () => {
  const uri = 'https://example.org/pier';
  expect(sourceUrl({ ...cited, uri }, ORIGIN)).toBe(`${uri}#:~:text=The%20pier%20is%20long.`);
  expect(sourceUrl({ ...cited, uri: `${uri}#old` }, ORIGIN)).toBe(
    `${uri}#old:~:text=The%20pier%20is%20long.`,
  );
});

test('a PDF of the web opens at its page', () => {
  const uri = 'https://example.org/pier.pdf?v=2#top';
  expect(sourceUrl({ ...cited, uri, page: 3 }, ORIGIN)).toBe('https://example.org/pier.pdf?v=2#page=3');
});

test('a long quote and one of several lines are named by how they begin and end', () => {
  const long =
    'The old pier, which was built of oak, has carried the town-folk to the ferry for a hundred years.';
  expect(sourceUrl({ ...cited, quote: long }, ORIGIN)).toMatch(
    /text=The%20old%20pier%2C%20which%20was%20built%20of%20oak%2C,to%20the%20ferry%20for%20a%20hundred%20years\.$/,
  );
  const lines = '- oak\n- town-folk';
  expect(sourceUrl({ ...cited, quote: lines }, ORIGIN)).toMatch(/text=oak,town%2Dfolk$/);
});

test.each([
  ['Run it:\n\n```sh\nnpm start\n```', 'Run%20it%3A,npm%20start'],
  ['```\nlet a = 1;\n```', 'let%20a%20%3D%201%3B'],
  ['tea | 2 shillings', 'tea,2%20shillings'],
  ['1. Tea\n2. Cake', 'Tea,Cake'],
  ['- ', '%2D'],
])('what a page shows in its own way is not looked for: %j', (quote, directive) => {
  expect(sourceUrl({ ...cited, quote }, ORIGIN).split(':~:text=')[1]).toBe(directive);
});

test('whatever the quote, the address is one and its directive has no stray separators', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (quote) => {
      const url = new URL(sourceUrl({ ...cited, quote }, ORIGIN));
      const [, directive = ''] = url.hash.split(':~:text=');
      expect(directive.replaceAll(/%[0-9A-F]{2}/g, '')).toMatch(/^[\w.!~*'()]*,?[\w.!~*'()]*$/);
    }),
  );
});
