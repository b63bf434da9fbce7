import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLOCK_SPAN, blockOf, packPostings, unpackPostings } from './posting-list.ts';

const posting = fc.record({ offset: fc.nat(BLOCK_SPAN - 1), count: fc.integer({ min: 1, max: 70_000 }) });
const postingsOfBlock = fc.uniqueArray(posting, { selector: ({ offset }) => offset });

test('Postings come back as they were packed', () => {
  fc.assert(
    fc.property(fc.nat(50_000), postingsOfBlock, (block, list) => {
      const sorted = list.toSorted((a, b) => a.offset - b.offset);
      const keys = sorted.map(({ offset }) => block * BLOCK_SPAN + offset);
      const counts = sorted.map(({ count }) => count);
      const packed = packPostings(block, { keys, counts, length: keys.length });
      const back = unpackPostings(block, packed.slice().buffer);
      expect(Array.from(back.keys).slice(0, back.length)).toEqual(keys);
      expect(Array.from(back.counts).slice(0, back.length)).toEqual(counts);
      expect(keys.every((key) => blockOf(key) === block)).toBe(true);
    }),
  );
});

test('A term in every passage takes one byte a passage', () => {
  const keys = Array.from({ length: BLOCK_SPAN }, (_, at) => at);
  const packed = packPostings(0, { keys, counts: keys.map(() => 1), length: keys.length });
  expect(packed.length).toBe(BLOCK_SPAN);
});
