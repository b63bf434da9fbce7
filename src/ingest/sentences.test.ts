import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitSentences } from './sentences.ts';

function sentencesOf(text: string): string[] {
  return splitSentences(text).map(({ start, end }) => text.slice(start, end));
}

/** Each row: the sentences, joined by a space (or by what `glue` says) to make the text. */
const WHOLE: readonly (readonly string[])[] = [
  ['The envoy arrived at noon.', 'He left again before dusk.'],
  ['Brig. Gen. Manaf Tlas spoke.', 'Nobody replied.'],
  ['Lt. Col. Ann Reed met Capt. Oduya.', 'Both saluted.'],
  ['The paper named Mr. Assad and Mrs. Reyes.', 'Dr. Kim did not comment.'],
  ['Talks with U.S. Secretary Hale went on.', 'They failed.'],
  ['She moved to the U.S. in 1990.', 'Her brother stayed.'],
  ['She lives in the U.S.', 'Her brother does not.'],
  ['The U.N. Security Council met.', 'It voted.'],
  ['Use a container, e.g. Docker or Podman.', 'Then start it.'],
  ['It has a flaw, i.e. Memory is never freed.', 'A patch exists.'],
  ['He wore No. 5 all year.', 'The shirt sold out.'],
  ['Did it work?', 'No.', 'It broke at once.'],
  ['They met on Jan. 5 in Oslo.', 'Snow fell.'],
  ['The fair runs from Sept. 3 to Oct. 9.', 'Entry is free.'],
  ['J. K. Rowling wrote it.', 'J.R.R. Tolkien did not.'],
  ['George W. Bush signed the bill.', 'It passed.'],
  ['Nobody foresaw World War I.', 'The peace did not last.'],
  ['He wrote of World War II.', 'Readers wept.'],
  ['She lacks vitamin C.', 'Fruit would help.'],
  ['He stayed, and so did I.', 'We talked.'],
  ['It weighs 3.5 kg.', 'It costs $4.99 in shops.'],
  ['Version 2.0.1 is out.', 'Update now.'],
  ['Acme Inc. Chairman Bo Lund resigned.', 'Shares fell.'],
  ['She joined Acme Inc.', 'The firm grew.'],
  ['Acme Inc. said so.', 'Rivals agreed.'],
  ['He sued Ford Motor Co. of Detroit.', 'He lost.'],
  ['Sammy Davis Jr. sang.', 'We danced.'],
  ['Wait… he said nothing more.', 'Then he left.'],
  ['Well... that depends on the day.', 'Ask again.'],
  ['I forgot...', 'Nobody minded.'],
  ['She said, “Go home.”', 'He went.'],
  ['“Are you sure?” he asked.', 'She was.'],
  ['"Stop!" cried the guard.', 'Nobody stopped.'],
  ["He called it 'a gift.'", 'She did not.'],
  ['«Nous partons.»', 'They left.'],
  ['The plan (see Fig. 3) is old.', 'A new one is due.'],
  ['He left early (He was ill. She was not.) and slept.', 'It helped.'],
  ['(It rained that day.)', 'The match was moved.'],
  ['Really?!', 'Yes.', 'Twice!'],
  ['Who knew?', 'Everyone!'],
  ['The play Who Goes There? was a hit.', 'It closed in May.'],
  ['1. Open the lid.', '2. Press the key.', '3. Wait.'],
  ['(a) Fill the form.', '(b) Sign it.'],
  ['1.2. The tenant pays.', '1.3. The owner repairs.'],
  ['See https://example.org/a?Id=3.Html for more.', 'It is free.'],
  ['Mail bob.smith@example.org today.', 'He answers.'],
  ['Run node.js with app.ts now.', 'It prints.'],
  ['He fled in 2003.', '15 others followed.'],
  ['Profit rose by 4.5%.', '2012 was worse.'],
  ['The town grew.[1]', 'Its walls fell.[2][3]', 'Trade went on.'],
  ['He came at 5 p.m. Tuesday.', 'It was late.'],
  ['He came at 5 p.m.', 'The shop was shut.'],
  ['Smith et al. (2004) disagree.', 'Others follow them.'],
  ['See vol. 3, pp. 12–15.', 'The map is there.'],
  ['She earned a Ph.D. in law.', 'She teaches.'],
  ['They live in St. Louis.', 'It is hot.'],
  ['He walked down Main St.', 'The lamps were lit.'],
  ['Smith v. Jones was cited.', 'The court agreed.'],
  ['Bring pens, paper, etc. to class.', 'Food is sold.'],
  ['There he sat.', 'Anna came in.'],
  ['She loved modern art.', 'Berlin had plenty.'],
  ['Gas is sold by approx. 40 firms.', 'Most are small.'],
  ['Brig. Gen. Tlas met Gen. Rey.', 'Gen. Rey left.'],
  ['Temperatures fell: it froze.', 'Pipes burst; schools shut.'],
  ['一九九〇年,他走了。', '她留下。'],
  ['Élan vital is old.', 'Ça va.', 'Überall war Ruhe.'],
  ['A line without a full stop'],
];

const LINES: readonly { name: string; text: string; sentences: readonly string[] }[] = [
  {
    name: 'a blank line ends a sentence',
    text: 'A heading\n\nthe text below',
    sentences: ['A heading', 'the text below'],
  },
  {
    name: 'a blank line with spaces ends a sentence',
    text: 'One part\n \t\nanother',
    sentences: ['One part', 'another'],
  },
  {
    name: 'bullets are sentences of their own',
    text: 'You need:\n- a key\n- two locks\n* A door',
    sentences: ['You need:', '- a key', '- two locks', '* A door'],
  },
  {
    name: 'a bullet goes on over a line',
    text: '- a key that\n  opens the door\n- a lock',
    sentences: ['- a key that\n  opens the door', '- a lock'],
  },
  {
    name: 'numbered items are sentences of their own',
    text: 'Steps\n1. Open it\n2. Close it',
    sentences: ['Steps', '1. Open it', '2. Close it'],
  },
  {
    name: 'each line may be one sentence',
    text: 'He went to the U.S.\nSecretary Hale met him.\nThey spoke',
    sentences: ['He went to the U.S.', 'Secretary Hale met him.', 'They spoke'],
  },
  {
    name: 'lines without full stops stay apart',
    text: 'Opening hours\nMonday to Friday\nClosed on Sunday',
    sentences: ['Opening hours', 'Monday to Friday', 'Closed on Sunday'],
  },
  {
    name: 'a heading line is not glued to its text',
    text: 'Installation\nRun the command. It takes a minute.',
    sentences: ['Installation', 'Run the command.', 'It takes a minute.'],
  },
  {
    name: 'a Markdown heading is not glued to its text',
    text: '## About the\nthe rest',
    sentences: ['## About the', 'the rest'],
  },
  {
    name: 'hard-wrapped text continues over lines',
    text: 'The committee met in the old town hall of\nAmsterdam and voted. Its members then left for\nBrussels by train.',
    sentences: [
      'The committee met in the old town hall of\nAmsterdam and voted.',
      'Its members then left for\nBrussels by train.',
    ],
  },
  {
    name: 'a hard-wrapped line that happens to begin with a capital goes on',
    text: 'In the spring of that year the envoy travelled to New\nYork with a letter. Nobody there would read the thing\naloud.',
    sentences: [
      'In the spring of that year the envoy travelled to New\nYork with a letter.',
      'Nobody there would read the thing\naloud.',
    ],
  },
  {
    name: 'a year at the start of a wrapped line is no list item',
    text: 'The family sold the mill and moved to the coast in\n1990. The mill burnt down ten years later.',
    sentences: [
      'The family sold the mill and moved to the coast in\n1990.',
      'The mill burnt down ten years later.',
    ],
  },
  {
    name: 'a title at the end of a line waits for its name',
    text: 'The talks were led by Mr.\nAssad. They failed.',
    sentences: ['The talks were led by Mr.\nAssad.', 'They failed.'],
  },
  {
    name: 'CRLF counts as one line end',
    text: 'One day\r\nlater. Two.',
    sentences: ['One day\r\nlater.', 'Two.'],
  },
  {
    name: 'a form feed ends a sentence',
    text: 'end of page\fnext page',
    sentences: ['end of page', 'next page'],
  },
  {
    name: 'stray closing marks stay with their sentence',
    text: 'Go. ” Next.',
    sentences: ['Go. ”', 'Next.'],
  },
  { name: 'a text of marks alone is kept', text: ' *** ', sentences: ['***'] },
  { name: 'an empty text has none', text: ' \n\n ', sentences: [] },
];

describe('splitSentences', () => {
  test.each(WHOLE.map((sentences) => ({ sentences, text: sentences.join(' ') })))('$text', (row) => {
    expect(sentencesOf(row.text)).toEqual(row.sentences);
  });

  test.each(LINES)('$name', ({ text, sentences }) => {
    expect(sentencesOf(text)).toEqual(sentences);
  });

  test('spans ascend, are disjoint and trimmed, and cover every character but white space', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '. ',
        '! ',
        '?',
        '\n',
        '\n\n',
        ' ',
        '…',
        '”',
        '(',
        ')',
        'Mr. ',
        '- ',
        '1. ',
        '\r\n',
        '[1] ',
        '\f',
      ),
      fc.string({ maxLength: 12 }),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.lorem({ maxCount: 3, mode: 'sentences' }),
    );
    const texts = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(texts, (text) => expectSound(text)),
      { numRuns: 300 },
    );
  });

  test('a paragraph longer than the segmenter is given at once keeps its boundaries', () => {
    const sentence = 'The ferry for Mr. Osei left at 5.30 from pier No. 7.';
    const text = Array.from({ length: 400 }, () => sentence).join(' ');
    expect(new Set(sentencesOf(text))).toEqual(new Set([sentence]));
    expectSound(text);
  });

  test('a very long stretch without a boundary is one sentence', () => {
    const text = 'word '.repeat(20_000);
    expect(splitSentences(text)).toEqual([{ start: 0, end: text.length - 1 }]);
  });
});

function expectSound(text: string): void {
  let cursor = 0;
  for (const { start, end } of splitSentences(text)) {
    expect(text.slice(cursor, start).trim()).toBe('');
    expect(end).toBeGreaterThan(start);
    expect(text.slice(start, end)).toBe(text.slice(start, end).trim());
    cursor = end;
  }
  expect(text.slice(cursor).trim()).toBe('');
}
