import { expect, test } from 'vitest';
import { positionOf } from './position.ts';

test.each([
  [0, 1, 1],
  [2, 1, 3],
  [3, 1, 4],
  [4, 2, 1],
  [5, 3, 1],
  [7, 3, 3],
])('offset %i is line %i, column %i', (offset, line, column) => {
  expect(positionOf('one\n\ntwo', offset)).toEqual({ line, column });
});
