import { expect, test } from 'vitest';
import { isStatement, onlyRepeats } from './is-statement.ts';
import { analyseQuestion } from './question.ts';

test.each([
  ['The harbour is deep.', true],
  ['Depth: 9 m', true],
  ['See [the chart](chart.md) for the depth.', true],
  ['[`arlen/boats`](https://boats.example) lists every boat.', true],
  ['<b>Closed</b> on Sundays', true],
  ['The depth is < 9 m', true],
  ['港口很深。', true],
  ['How deep is the harbour?', false],
  ['**How deep is it?**', false],
  ['<a id="depth"></a>', false],
  ['<h1 align="center">The harbour</h1>', false],
  ['- [Depth](#depth)', false],
  ['[![build](https://x.example/badge.svg)](https://x.example)', false],
  ['![A chart](chart.png)', false],
  [':::tip Good to know', false],
  ['2.1. Depths . . . . . . . . . . 14', false],
  ['Tides ............. 3\nBoats ............. 12', false],
  ['A berth for a night ............. 3', true],
  ['2 berths cost 14...', true],
  ['—', false],
])('%j: %s', (text, expected) => {
  expect(isStatement(text)).toBe(expected);
});

test.each([
  ['How are lamps lit?', 'How lamps are lit', true],
  ['How are lamps lit?', '**How Lamps Are Lit**', true],
  ['How are lamps lit?', 'How lamps are lit by hand', false],
  ['How are lamps lit?', 'Lamps are lit.', false],
  ['How are lamps lit?', 'Lamps', false],
  ['Are lamps lit by hand?', 'Lamps lit by hand', false],
  ['Which is deeper, the east pier or the west pier?', 'The east pier', false],
])('to %j, %j only repeats: %s', (question, text, expected) => {
  const asked = analyseQuestion(question, { passages: 1, frequencies: new Map() });
  expect(onlyRepeats(text, asked)).toBe(expected);
});
