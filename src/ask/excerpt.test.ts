import { describe, expect, test } from 'vitest';
import type { Span } from '../model/document.ts';
import type { Passage } from '../model/passage.ts';
import { continued, excerptOf, isPresentable, joined, wordsOf } from './excerpt.ts';

const OFFSET = 40;

/** A passage whose sentences are `sentences`, with what stands between them in `text` between them. */
function passageOf(text: string, sentences: readonly string[]): Passage {
  const spans: Span[] = [];
  for (const sentence of sentences) {
    const start = text.indexOf(sentence, (spans.at(-1)?.end ?? OFFSET) - OFFSET) + OFFSET;
    spans.push({ start, end: start + sentence.length });
  }
  const place = { id: 'psg_1', documentId: 'doc_1', ordinal: 0, headings: [] };
  return { ...place, start: OFFSET, end: OFFSET + text.length, text, sentences: spans };
}

/** What is told of a passage for its sentence number `index`. */
function told(passage: Passage, index: number): string | undefined {
  const excerpt = excerptOf(passage, index);
  if (excerpt === undefined) return undefined;
  return wordsOf(passage.text.slice(excerpt.start - OFFSET, excerpt.end - OFFSET), excerpt);
}

const CODE = '```js\nopen({\n  port: 80\n})\n```';
const LEAD = 'Open the harbour so:';
const ITEMS = [
  '- The lamp burns oil.',
  '- The bell weighs a ton.',
  'It rings.',
  'It is loud.',
  '- The flag is red.',
];

describe('What is quoted for a sentence', () => {
  test.each([
    ['- The lamp burns\n  oil.', 'The lamp burns oil.'],
    ['* The lamp burns oil.', 'The lamp burns oil.'],
    ['> The lamp burns\n> oil.', 'The lamp burns oil.'],
    ['> - The lamp burns oil.', 'The lamp burns oil.'],
    ['<a id="lamp"></a>The lamp burns oil.', 'The lamp burns oil.'],
    ['| lamp | `oil` | nightly |', 'lamp | `oil` | nightly'],
    ['1. Fill the lamp.', '1. Fill the lamp.'],
    ['Fill the lamp.\n:::', 'Fill the lamp.'],
    ['-40 degrees are no hindrance.', '-40 degrees are no hindrance.'],
    ['The depth was > 5 m\nat the quay.', 'The depth was > 5 m at the quay.'],
    ['-', '-'],
  ])('%j is told as %j', (sentence, expected) => {
    expect(told(passageOf(sentence, [sentence]), 0)).toBe(expected);
  });

  test('a sentence that introduces code brings the code, and the code its sentence, with the lines', () => {
    const passage = passageOf(`Quays are free.\n\n${LEAD}\n\n${CODE}`, ['Quays are free.', LEAD, CODE]);
    const whole = `${LEAD}\n\n${CODE}`;
    expect([0, 1, 2].map((index) => told(passage, index))).toEqual(['Quays are free.', whole, whole]);
    expect(excerptOf(passage, 1)).toMatchObject({ first: 1, last: 2, hasLines: true });
  });

  test('code below a list item moves to the margin, so that it is still code', () => {
    const code = '```js\n    open({\n      port: 80\n    })\n    ```';
    expect(told(passageOf(`- So:\n\n    ${code}`, ['- So:', code]), 1)).toBe(`So:\n\n${CODE}`);
  });

  test('a sentence that introduces a list brings all of it, and nothing behind it', () => {
    const lead = 'Three things warn ships:';
    const [lamp, bell, rings, loud, flag] = ITEMS;
    const text = `${lead}\n\n${lamp}\n${bell} ${rings}\n  ${loud}\n${flag}\n\nThe quay is old.`;
    const passage = passageOf(text, [lead, ...ITEMS, 'The quay is old.']);
    expect(told(passage, 0)).toBe(text.slice(0, text.indexOf('\n\nThe quay')));
    expect(told(passage, 2)).toBe('The bell weighs a ton.');
  });

  test.each([
    [['--depth <n>', 'Clone so many commits.'], '--depth <n>\nClone so many commits.'],
    [['-s', '--short', 'Give it in short.'], '-s\n--short\nGive it in short.'],
    [['send(to, subject)', 'sends a letter'], 'send(to, subject)\nsends a letter'],
    [['fast-forward', 'A merge that only moves on.'], 'fast-forward\nA merge that only moves on.'],
    [['The harbour', 'It is deep.'], 'It is deep.'],
    [['- oil', 'It burns.'], 'It burns.'],
    [['It burns.', 'Lamps are hot.'], 'Lamps are hot.'],
    [['42', 'is a number'], 'is a number'],
    [['![Lamp](lamp.png)', 'It is lit.'], 'It is lit.'],
  ])('what is said of a term comes with the term: %j', (lines, expected) => {
    expect(told(passageOf(lines.join('\n'), lines), lines.length - 1)).toBe(expected);
    const apart = passageOf(lines.join('\n\n'), lines);
    expect(told(apart, lines.length - 1)).toBe(lines.at(-1));
  });

  test('a sentence that points back comes with the one before it, without the marks of a list', () => {
    const [lamp, bell, rings, loud, flag] = ITEMS;
    const passage = passageOf(`${lamp}\n${bell} ${rings}\n  ${loud}\n${flag}`, ITEMS);
    expect(told(passage, 2)).toBe('The bell weighs a ton. It rings.');
    expect(told(passage, 3)).toBe('It rings. It is loud.');
    expect(excerptOf(passage, 2)).toMatchObject({ first: 1, last: 2, hasLines: false });
    const long = `${'The bell is old and '.repeat(60)}loud.`;
    expect(told(passageOf(`${long} It rings.`, [long, 'It rings.']), 1)).toBe('It rings.');
  });

  test('what goes on with it can come as well, and quotes that overlap become one', () => {
    const [lamp = '', fuel = '', quay = ''] = [
      'The lamp burns oil.',
      'However, oil is dear.',
      'Quays are free.',
    ];
    const passage = passageOf(`${lamp} ${fuel} ${quay}`, [lamp, fuel, quay]);
    const [first, second] = [excerptOf(passage, 0), excerptOf(passage, 1)];
    if (first === undefined || second === undefined) throw new Error('no excerpt');
    const both = continued(passage, first);
    expect(both).toEqual({ ...first, end: second.end, last: 1 });
    expect(continued(passage, both)).toBe(both);
    expect(joined(second, both)).toEqual(both);
    expect(joined({ ...second, hasLines: true }, both)).toEqual({ ...second, hasLines: true });
    const long = `However, ${'oil is dear and '.repeat(60)}scarce.`;
    expect(continued(passageOf(`${lamp} ${long}`, [lamp, long]), first)).toBe(first);
  });

  test('a colon in the middle of a line, or with nothing behind it, introduces nothing', () => {
    const passage = passageOf('He said:\n\nShips come and go. Hear this: it rings.', [
      'He said:',
      'Ships come and go.',
      'Hear this:',
      'it rings.',
    ]);
    expect([0, 2].map((index) => told(passage, index))).toEqual(['He said:', 'Hear this:']);
    expect(told(passageOf(LEAD, [LEAD]), 0)).toBe(LEAD);
    expect(excerptOf(passage, 9)).toBeUndefined();
  });

  test('more than anybody reads is not taken in: code stays away, a list ends with the item that fits', () => {
    const long = `\`\`\`js\n${'open(port);\n'.repeat(100)}\`\`\``;
    const withCode = passageOf(`${LEAD}\n\n${long}`, [LEAD, long]);
    expect(told(withCode, 0)).toBe(LEAD);
    const items = Array.from({ length: 30 }, (_, at) => `- Lamp number ${at} burns oil, and a lot of it.`);
    const list = told(passageOf([LEAD, ...items].join('\n'), [LEAD, ...items]), 0) ?? '';
    expect(list.length).toBeLessThanOrEqual(900);
    expect(list.split('\n').every((line) => line === LEAD || items.includes(line))).toBe(true);
    expect(list.split('\n').length).toBeGreaterThan(10);
  });
});

describe('What can be shown as an answer', () => {
  test.each([
    [CODE, true],
    ['The lamp burns\noil.', true],
    ['Name: Arlen\nCountry: none\nDepth: 9 m', true],
    ['ships shall pay;\n(b) and owls shall not;\nboth may nest.', true],
    ["const gate = 'a';\nopen(gate);\nwait", false],
    [CODE.replace('port: 80', 'port: 80, '.repeat(90)), false],
    ['```js\nopen({', false],
    ['done(null, payload)\n  },\n  preValidation: function (request, reply, done) {', false],
  ])('%.40j: %s', (text, expected) => {
    expect(isPresentable(text)).toBe(expected);
  });
});
