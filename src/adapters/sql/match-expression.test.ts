import { expect, test } from 'vitest';
import { chooseTerms, matchAny } from './match-expression.ts';

test('Terms are quoted, so that nothing in them is an operator', () => {
  expect(matchAny(['owl', 'a" OR "b', 'x\0y'])).toBe('"owl" OR "a"" OR ""b" OR "x y"');
});

test('The rarest terms find, commoner ones score, the commonest are left out', () => {
  const frequencies = new Map([
    ['the', 90_000],
    ['year', 8_000],
    ['treaty', 500],
    ['absent', 0],
    ['westphalia', 20],
    ['signed', 2_000],
  ]);
  expect(chooseTerms(frequencies, { finding: 3_000, scoring: 20_000 })).toEqual({
    finding: ['westphalia', 'treaty', 'signed'],
    scoring: ['year'],
  });
});

test('A term alone finds, however common it is', () => {
  expect(chooseTerms(new Map([['the', 90_000]]), { finding: 10, scoring: 0 }).finding).toEqual(['the']);
  expect(chooseTerms(new Map([['absent', 0]]), { finding: 10, scoring: 0 }).finding).toEqual([]);
});
