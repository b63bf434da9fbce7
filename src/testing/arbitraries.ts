import fc from 'fast-check';
import type { Files } from './assemble.ts';

const VOCABULARY = (
  'owl barn night river harbour ferry lamp keeper winter bread oven mill bridge tower paint copper wheel map letter ' +
  'garden the of in and is was has were opens holds about because under Paris Rhine Anna Berger March'
).split(' ');

/** What breaks offsets: pairs of surrogates, marks that compose, right-to-left, invisible and very long words. */
const ODDITIES = [
  ...[
    '🦉',
    '👩‍👩‍👧',
    'e\u0301te\u0301',
    'A\u030angstro\u0308m',
    'n\u0303\u0323',
    'שלום',
    'مرحبا',
    '\u202eabc\u202c',
    '東京です。',
    'ﬁne',
  ],
  ...[
    'soft\u00adhyphen',
    '\ufeffmark',
    'no\u00a0break',
    'zero\u200bwidth',
    'tab\there',
    '\u2028',
    '\u0085',
    '“quoted”',
    '«dit-il»',
    "it's",
  ],
  ...[
    '3.14',
    '1,000,000',
    '1999-12-31',
    '§ 12(3)',
    'e.g.',
    'Dr.',
    'U.S.',
    '[1]',
    '<b>bold</b>',
    '**strong**',
    '`code`',
    '|',
    '\\',
    '&amp;',
  ],
  ...['x'.repeat(700), 'é'.repeat(90), `https://example.org/${'path/'.repeat(40)}`, '🙂'.repeat(60)],
];

const word = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...VOCABULARY) },
  { weight: 2, arbitrary: fc.constantFrom(...ODDITIES) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }) },
);
const gap = fc.constantFrom(' ', ' ', ' ', ' ', '  ', '\n', '\r\n', '\u00a0');
const sentence = fc
  .tuple(
    fc.array(fc.tuple(word, gap), { minLength: 1, maxLength: 14 }),
    fc.constantFrom('.', '.', '!', '?', '…”', ''),
  )
  .map(([words, end]) => `${words.flat().slice(0, -1).join('')}${end}`);
const prose = fc.array(sentence, { minLength: 1, maxLength: 6 }).map((sentences) => sentences.join(' '));
const block = fc.oneof(
  { weight: 5, arbitrary: prose },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 4 }), sentence)
      .map(([level, title]) => `${'#'.repeat(level)} ${title}`),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(sentence, { minLength: 1, maxLength: 4 })
      .map((items) => items.map((item) => `- ${item}`).join('\n')),
  },
  { weight: 1, arbitrary: prose.map((code) => `\`\`\`\n${code}\n\`\`\``) },
  {
    weight: 1,
    arbitrary: fc.tuple(word, word, word).map(([a, b, c]) => `| ${a} | ${b} |\n|---|---|\n| ${c} | 7 |`),
  },
);
const content = fc
  .tuple(fc.array(block, { minLength: 1, maxLength: 7 }), fc.constantFrom('\n\n', '\r\n\r\n', '\r\r'))
  .map(([blocks, separator]) => blocks.join(separator));
const path = fc.constantFrom('a.md', 'b.md', 'c.txt', 'deep/d.md', 'e é.txt');

/** A few Markdown and plain texts full of what may shift an offset. */
export const filesArbitrary: fc.Arbitrary<Files> = fc
  .uniqueArray(fc.tuple(path, content), { minLength: 1, maxLength: 4, selector: ([name]) => name })
  .map((entries) => Object.fromEntries(entries));

/** A question that a visitor may send: words of the documents' kind, odd ones too; well-formed and without NUL. */
export const questionArbitrary: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', 'What ', 'Who ', 'When was ', 'How many ', 'Why '),
    fc.array(word, { minLength: 1, maxLength: 8 }),
  )
  .map(([start, words]) => `${start}${words.join(' ')}?`.replace(/\p{Surrogate}|\0/gu, ''))
  .filter((question) => question.trim() !== '');

const invented = fc
  .array(fc.constantFrom('b', 'd', 'g', 'k', 'l', 'm', 'v', 'z'), { minLength: 5, maxLength: 9 })
  .map((letters) => `zq${letters.join('')}`);

/** A question with a subject of its own, of which no document holds a word. */
export const offTopicArbitrary: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('What', 'Who', 'When', 'Where', 'Why', 'How many'),
    fc.array(invented, { minLength: 5, maxLength: 9 }),
  )
  .map(([start, words]) => `${start} did the ${words.join(' ')}?`);
