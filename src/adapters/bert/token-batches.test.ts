import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toBatches } from './token-batches.ts';

const sequence = (length: number, ...ranges: number[]) => ({
  tokens: Int32Array.from({ length }, (_, i) => i + 100 * length),
  ranges: Int32Array.from(ranges),
  rangeOfSentence: [],
});

test('puts texts of equal length together, each with its own range first', () => {
  const batches = toBatches([sequence(4, 1, 3), sequence(3), sequence(4)], 'mean', 8);
  expect(batches.map(({ indexes, texts }) => ({ indexes, texts }))).toEqual([
    { indexes: [0, 2], texts: 2 },
    { indexes: [1], texts: 1 },
  ]);
  expect([...(batches[0]?.tokens ?? [])]).toEqual([400, 401, 402, 403, 400, 401, 402, 403]);
  expect([...(batches[0]?.ranges ?? [])]).toEqual([0, 4, 1, 3, 4, 8]);
});

test('takes the first token alone for a model that pools by it', () => {
  const [batch] = toBatches([sequence(4), sequence(4)], 'cls', 8);
  expect([...(batch?.ranges ?? [])]).toEqual([0, 1, 4, 5]);
});

test('holds every text once, never more tokens together than there is room for, and a longer text alone', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 2, max: 6 })),
      fc.integer({ min: 1, max: 14 }),
      (lengths, room) => {
        const batches = toBatches(
          lengths.map((length) => sequence(length)),
          'mean',
          room,
        );
        const indexes = batches.flatMap((batch) => batch.indexes);
        expect([...indexes].sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
        for (const { texts, tokens, indexes: mine } of batches) {
          if (texts > 1) expect(tokens.length).toBeLessThanOrEqual(room);
          for (const index of mine) expect(tokens.length / texts).toBe(lengths[index]);
        }
      },
    ),
  );
});
