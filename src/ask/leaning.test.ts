import { describe, expect, test } from 'vitest';
import type { Passage } from '../model/passage.ts';
import { goesOn, leansBack } from './leaning.ts';

/** Two sentences with `gap` between them. */
function passageOf(first: string, second: string, gap = ' '): Passage {
  const text = first + gap + second;
  const start = 70;
  const sentences = [
    { start, end: start + first.length },
    { start: start + first.length + gap.length, end: start + text.length },
  ];
  const place = { id: 'psg_1', documentId: 'doc_1', ordinal: 0, headings: [] };
  return { ...place, start, end: start + text.length, text, sentences };
}

const BEFORE = 'The lighthouse was lit in 1850.';

describe('A sentence behind another', () => {
  test.each([
    ['It burns oil.', true, true],
    ['Its lamp burns oil.', true, true],
    ['> It burns oil.', false, false],
    ['“They were four keepers.”', true, true],
    ['In this year the harbour froze.', true, true],
    ['The latter was deaf.', true, true],
    ['However, oil was dear.', false, true],
    ['For example, ships ran aground.', false, true],
    ['It is said that owls nest there.', false, true],
    ['This-and-that is sold there.', false, false],
    ['Items are sold there.', false, false],
    ['Oil was dear, however.', false, false],
    ['The harbour froze.', false, false],
    ['Thenceforth it froze.', false, false],
  ])('%j points back: %s; goes on: %s', (text, back, on) => {
    const passage = passageOf(BEFORE, text);
    expect([leansBack(passage, 1), goesOn(passage, 1)]).toEqual([back, on]);
  });

  test.each([
    ['in the next line of the paragraph', passageOf(BEFORE, 'It burns oil.', '\n'), true],
    ['in another paragraph', passageOf(BEFORE, 'It burns oil.', '\n \n'), false],
    ['under a heading', passageOf('# The lighthouse.', 'It burns oil.', '\n'), false],
    ['behind a row of a table', passageOf('| lamp | oil. |', 'It burns oil.', '\n'), false],
    ['behind a title', passageOf('The lighthouse', 'It burns oil.', '\n'), false],
  ])('%s', (_, passage, expected) => {
    expect([leansBack(passage, 1), goesOn(passage, 1)]).toEqual([expected, expected]);
  });

  test('is the second at least, and there', () => {
    const passage = passageOf('It burns oil.', BEFORE);
    expect([0, 2].flatMap((index) => [leansBack(passage, index), goesOn(passage, index)])).toEqual(
      Array(4).fill(false),
    );
  });
});
