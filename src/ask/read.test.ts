import { describe, expect, test } from 'vitest';
import type { Span } from '../model/document.ts';
import { oneLine } from '../model/one-line.ts';
import type { StoredPassage } from '../ports/passage-store.ts';
import type { RatedSentence } from '../ports/reader.ts';
import { readExtractively } from './read.ts';
import { quoteText } from './verify.ts';

const CODE = '```js\nopen({ port: 80 })\n```';
const LEAD = 'The gate opens so:';
const TEXTS = [
  'Ships pay at the gate.',
  LEAD,
  CODE,
  'Owls nest above.',
  'Bells warn of fog.',
  'Ships pay at that gate.',
];

function passageOf(texts: readonly string[], { id = 'psg_1', gap = '\n\n' } = {}): StoredPassage {
  const sentences: Span[] = [];
  for (const text of texts) {
    const start = (sentences.at(-1)?.end ?? -gap.length) + gap.length;
    sentences.push({ start, end: start + text.length });
  }
  const text = texts.join(gap);
  const place = { id, documentId: 'doc_1', ordinal: 0, start: 0, end: text.length, headings: [] };
  const embedding = { vector: new Float32Array(), sentenceVectors: [] };
  return { passage: { ...place, text, sentences }, documentTitle: '', documentUri: 'gate.md', embedding };
}

const source = passageOf(TEXTS);

/** What is told of the sentences with these indices and log-odds, best first, and each quote of it. */
async function readWithQuotes(
  question: string,
  rated: readonly (readonly [index: number, logOdds: number, passage?: StoredPassage])[],
  answerLength?: number,
) {
  const sentences: RatedSentence[] = rated.map(([index, logOdds, from = source]) => {
    const { start, end } = from.passage.sentences[index] ?? { start: 0, end: 0 };
    const text = from.passage.text.slice(start, end);
    return { source: from, index, logOdds, text, ...(answerLength === undefined ? {} : { answerLength }) };
  });
  const signal = new AbortController().signal;
  const prove = async () => ({ supported: false as const, reason: 'not asked' });
  const told: string[] = [];
  const quoted = new Set<string>();
  const input = { question, passages: [source], sentences, unanswered: [], prove, note: () => {}, signal };
  for await (const { text, quotes } of readExtractively(input)) {
    told.push(text);
    const [quote = '', ...more] = quotes.map((each) => quoteText(each));
    expect([more, oneLine(quote).includes(oneLine(text))], text).toEqual([[], true]);
    quoted.add(quote);
  }
  return { told, quoted: [...quoted] };
}

async function read(...asked: Parameters<typeof readWithQuotes>) {
  return (await readWithQuotes(...asked)).told;
}

describe('The extractive reader', () => {
  test('tells the best sentences that are nearly as good and say something else, three at most', async () => {
    expect(
      await read('Who pays?', [
        [0, 3],
        [5, 2.9],
        [3, 2],
        [4, 1.2],
      ]),
    ).toEqual([TEXTS[0], TEXTS[3]]);
    expect(await read('Who pays?', [])).toEqual([]);
  });

  test('of the passage that is quoted already more is told, the longer the answer is', async () => {
    const other = passageOf(['Gulls nest below.'], { id: 'psg_2' });
    const rated = [
      [0, 5],
      [0, 3.6, other],
      [3, 3.3],
      [4, 2.9],
    ] as const;
    expect(await read('What happens at the gate?', rated)).toEqual([TEXTS[0], TEXTS[3]]);
    expect(await read('What happens at the gate?', rated, 3)).toEqual([TEXTS[0], TEXTS[3]]);
    expect(await read('What happens at the gate?', rated, 6)).toEqual([TEXTS[0], TEXTS[3], TEXTS[4]]);
    expect(await read('Do ships pay?', rated, 6), 'yes or no is short').toEqual([TEXTS[0], TEXTS[3]]);
    expect(
      await read('Who nests where?', [
        [0, 5],
        [0, 3.8, other],
      ]),
    ).toEqual([TEXTS[0], 'Gulls nest below.']);
  });

  test('a sentence comes with what it points back to, an explanation with what goes on, and all that touches is one', async () => {
    const lines = ['The gate has a bell.', 'It warns of fog.', 'However, it is old.', 'Ships pay there.'];
    const gate = passageOf(lines, { gap: ' ' });
    const about = (indices: readonly number[], length?: number) =>
      readWithQuotes(
        'What is the bell for?',
        indices.map((index, i) => [index, 5 - i / 10, gate] as const),
        length,
      );
    const [bell, warns, old, pay] = lines;
    expect(await about([1])).toEqual({ told: [bell, warns], quoted: [`${bell} ${warns}`] });
    const explained = { told: [bell, warns, old], quoted: [`${bell} ${warns} ${old}`] };
    expect(await about([1], 6)).toEqual(explained);
    expect(await about([0, 3, 1])).toEqual({ told: [bell, warns, pay], quoted: [`${bell} ${warns}`, pay] });
  });

  test('code answers how something is done, with the sentence that introduces it, once', async () => {
    const both = `${LEAD}\n\n${CODE}`;
    expect(
      await read('How does it open?', [
        [2, 3],
        [1, 2.9],
      ]),
    ).toEqual([both]);
    expect(
      await read('How does it open?', [
        [1, 3],
        [2, 2.9],
      ]),
    ).toEqual([both]);
  });

  test('code answers nothing else, unless there is nothing else', async () => {
    expect(
      await read('Which birds nest here?', [
        [2, 3],
        [3, 1],
      ]),
    ).toEqual([TEXTS[3]]);
    expect(await read('Which port is it?', [[2, 3]])).toEqual([`${LEAD}\n\n${CODE}`]);
  });
});
