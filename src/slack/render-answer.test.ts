import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer, Answered } from '../model/answer.ts';
import type { Citation } from '../model/citation.ts';
import { refusalOf } from '../testing/fake-slack-limits.ts';
import { LEAVE_HIT } from '../testing/http-fakes.ts';
import { escapeMarkdown } from './escape.ts';
import { blocksOf } from './post-message.ts';
import { type OutgoingMessage, type RenderOptions, renderAnswer } from './render-answer.ts';
import { createLinkOf } from './source-link.ts';
import { splitText } from './split-text.ts';

const OPTIONS: RenderOptions = { linkOf: createLinkOf(undefined), as: 'reply', handOff: true, notes: [] };
const REFERENCE = { answerId: 'ans_1', conversationId: 'conv_1' };

describe('An answer in Slack', () => {
  test('numbers its sentences, and quotes each source below with its place and link', () => {
    const [message, ...others] = renderAnswer(
      { ...REFERENCE, answer: answerOf(['Leave is 28 days.', 'It may be carried over.']) },
      OPTIONS,
    );
    expect(others).toEqual([]);
    expect(message?.markdown).toBe('Leave is 28 days. [1] It may be carried over. [2]');
    expect(message?.texts[0]).toBe(
      'Leave is 28 days. [1] It may be carried over. [2]\n\n' +
        '[1] <https://a.example/staff.pdf#page=3|Staff handbook> › Leave › page 3: “Leave is 28 days.”\n\n' +
        '[2] <https://a.example/staff.pdf#page=3|Staff handbook> › Leave › page 3: “It may be carried over.”',
    );
    expect(message?.blocks[0]).toEqual({
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: '[1] ', style: { bold: true } },
            { type: 'link', url: 'https://a.example/staff.pdf#page=3', text: 'Staff handbook' },
            { type: 'text', text: ' › Leave › page 3' },
          ],
        },
        { type: 'rich_text_quote', elements: [{ type: 'text', text: 'Leave is 28 days.' }] },
      ],
    });
    expect(message?.blocks.map(({ type }) => type).slice(2)).toEqual(['context_actions', 'actions']);
  });

  test('a decline shows the closest passages', () => {
    const answer: Answer = {
      ...{ status: 'declined', reason: 'no_answer_in_documents', text: 'I could not find that.' },
      closest: [LEAVE_HIT],
    };
    const [message] = renderAnswer({ ...REFERENCE, answer }, OPTIONS);
    expect(message?.markdown).toBe('I could not find that.');
    expect(message?.texts[0]).toContain('Closest I found:\n\nStaff handbook › Leave: “Every employee');
    expect(quotesIn(message)).toEqual([LEAVE_HIT.passage.text]);
  });

  test('nothing in a document formats or rings anybody', () => {
    const text = 'Tell <!channel> & <@U1> *now*, `rm` _it_ [x](https://evil.example) # no.';
    const [message] = renderAnswer({ ...REFERENCE, answer: answerOf([text]) }, OPTIONS);
    expect(JSON.stringify([message?.markdown, message?.texts, message?.blocks])).not.toMatch(/<[!@#]/);
    expect(message?.markdown).toContain(
      '&lt;!channel&gt; &amp; &lt;@U1&gt; \\*now\\*, \\`rm\\` \\_it\\_ \\[x\\](',
    );
    expect(quotesIn(message)).toEqual([text]);
  });

  test('code stays code, with its number below it; around it nothing formats', () => {
    const code = '```js\nopen({ *port*: `a_` && "<!channel>" })\n```';
    const [message] = renderAnswer({ ...REFERENCE, answer: answerOf([`*So*:\n${code}`]) }, OPTIONS);
    expect(message?.markdown).toBe(`\\*So\\*:\n${code.replace('<!', '<\u200b!')}\n[1]`);
    const escaped = code.replace('<!channel>', '&lt;!channel&gt;').replace('&&', '&amp;&amp;');
    expect(message?.texts[0]).toContain(`*So*:\n${escaped}\n[1]`);
  });

  test('however long, every message is one that Slack takes, and no quote is cut', () => {
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 80 }), (sentences) => {
        const answer = answerOf(sentences);
        const messages = renderAnswer({ ...REFERENCE, answer }, OPTIONS);
        for (const message of messages) {
          const refusal = refusalOf({ text: message.texts[0], blocks: blocksOf(message) }, 4_000);
          expect(refusal).toBeUndefined();
          for (const text of message.texts) expect(text.length).toBeLessThanOrEqual(4_000);
        }
        expect(quotesIn(...messages)).toEqual(answer.citations.map(({ quote }) => quote));
        const marked = sentences.map(
          (text, at) => `${at === 0 ? '' : ' '}${escapeMarkdown(text)} [${at + 1}]`,
        );
        expect(messages.map(({ markdown }) => markdown).join('')).toBe(marked.join(''));
      }),
      { numRuns: 40 },
    );
  });
});

describe('The link of a source', () => {
  const citation = answerOf(['Leave is 28 days.']).citations[0];
  test.each([
    ['https://a.example/staff.pdf', 'https://a.example/staff.pdf#page=3'],
    ['https://a.example/a|b>c.html#leave', 'https://a.example/a%7Cb%3Ec.html#leave'],
    ['https://[broken', undefined],
    [`https://a.example/${'x'.repeat(4_000)}`, undefined],
    ['handbook.md', undefined],
    ['javascript:alert(1)', undefined],
  ])('%.60s', (uri, expected) => {
    if (citation === undefined) throw new Error('There is no citation.');
    expect(createLinkOf(undefined)({ ...citation, uri })).toBe(expected);
  });
});

describe('A text that is split', () => {
  test('gives itself again, in pieces that fit and are whole', () => {
    const unit = fc.constantFrom('a', ' ', '&amp;', '&lt;', '😀', '\n', 'word ');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 300 }), fc.integer({ min: 12, max: 40 }), (text, most) => {
        const pieces = splitText(text, most);
        expect(pieces.join('')).toBe(text);
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(most);
          expect(encodeURIComponent(piece)).toBeDefined();
          expect(piece).not.toMatch(/&(?:a|am|amp|l|lt)?$/);
        }
      }),
    );
  });
});

const sentence = fc.oneof(
  { weight: 9, arbitrary: fc.lorem({ maxCount: 30 }) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 3_000, max: 14_000 }).map((size) => 'word & word '.repeat(size / 12).trim()),
  },
);

function answerOf(sentences: readonly string[]): Answered {
  let at = 0;
  const citations = sentences.map((quote, index): Citation => {
    const answerStart = at;
    at += quote.length + 1;
    return {
      ...{ marker: index + 1, passageId: 'psg_1', documentId: 'doc_1', title: 'Staff handbook' },
      ...{ uri: 'https://a.example/staff.pdf', quote, start: 0, end: quote.length, page: 3 },
      ...{ answerStart, answerEnd: answerStart + quote.length, headings: ['Staff handbook', 'Leave'] },
    };
  });
  return { status: 'answered', text: sentences.join(' '), citations };
}

/** The quotes that people read, put together again where they go on in the next block. */
function quotesIn(...messages: (OutgoingMessage | undefined)[]): string[] {
  const quotes: string[] = [];
  for (const block of messages.flatMap((message) => message?.blocks ?? [])) {
    if (block.type !== 'rich_text') continue;
    const begins = block.elements.some(({ type }) => type === 'rich_text_section');
    const text = block.elements
      .flatMap((element) => (element.type === 'rich_text_quote' ? element.elements : []))
      .map((element) => (element.type === 'text' ? element.text : ''))
      .join('');
    if (begins) quotes.push(text);
    else quotes.push(`${quotes.pop() ?? ''}${text}`);
  }
  return quotes;
}
