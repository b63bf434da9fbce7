import { Tokenizer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMiniLmFile } from './minilm-files.ts';
import { createWordPieces } from './word-pieces.ts';

const json = readMiniLmFile('tokenizer').toString('utf8');
const pieces = createWordPieces(json);
const whole = new Tokenizer(JSON.parse(json), {});
const wholeIds = (text: string) => whole.encode(text, { add_special_tokens: false }).ids;

test('gives the same ids word by word as the library gives for a whole text', () => {
  const fragment = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(' ', '\n', '\r\n', '\t', '\u00a0', '\u2003', '\u2028', '\ufeff', '\u0000', '\u0301'),
    fc.constantFrom('Embarrassing', "don't", 'ΟΔΟΣ', 'naïve', '東京', '1,234.5', '[SEP]', '##ing', '…', '🎉'),
  );
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 12 }), (fragments) => {
      const text = fragments.join('');
      expect(pieces.encode(text, Number.POSITIVE_INFINITY)).toEqual(wholeIds(text));
      expect(pieces.count(text)).toBe(wholeIds(text).length);
    }),
    { numRuns: 500 },
  );
});

test('cuts off at the limit, also within a word', () => {
  const ids = wholeIds('unbelievably long-winded sentences');
  for (let limit = 0; limit <= ids.length + 1; limit++)
    expect(pieces.encode('unbelievably long-winded sentences', limit)).toEqual(ids.slice(0, limit));
});
