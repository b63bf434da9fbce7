import pc from 'picocolors';
import { expect, test } from 'vitest';
import type { AnswerEnd } from '../ask/events.ts';
import type { Answered } from '../model/answer.ts';
import type { Citation } from '../model/citation.ts';
import { DOUBT } from '../model/doubt.ts';
import type { Hit } from '../model/passage.ts';
import { renderAnswer } from './render-answer.ts';

const plain = pc.createColors(false);
const text = 'Title\n\nThe pier is long. It is old.';
const answer = 'The pier is long. It is old.';

function citation(marker: number, quote: string): Citation {
  const start = text.indexOf(quote);
  const answerStart = answer.indexOf(quote);
  return {
    ...{
      marker,
      passageId: 'psg_1',
      documentId: 'doc_1',
      title: 'Pier',
      uri: 'pier\u001b[31m.md',
      quote,
      start,
    },
    ...{ end: start + quote.length, answerStart, answerEnd: answerStart + quote.length, headings: ['Title'] },
    page: 2,
  };
}

const end: AnswerEnd = {
  type: 'answer-end',
  id: 'ans_1',
  conversationId: 'conv_1',
  answer: {
    status: 'answered',
    text: answer,
    citations: [citation(1, 'The pier is long.'), citation(2, 'It is old.')],
  },
  confidence: 0.876,
  standaloneQuestion: 'How long?',
  passages: [],
  timing: { contextualise: 0, retrieve: 0, read: 0, total: 0 },
};

const hit: Hit = {
  passage: {
    ...{
      id: 'psg_1',
      documentId: 'doc_1',
      ordinal: 0,
      start: 7,
      end: 35,
      text: answer,
      headings: [],
      sentences: [],
    },
  },
  documentTitle: 'Pier',
  documentUri: 'pier.md',
  score: 0.5,
  via: 'both',
};

test('each sentence has its marker, each quote its place, and nothing steers the terminal', () => {
  const lines = renderAnswer(end, () => text, plain).split('\n');
  expect(lines[0]).toBe('The pier is long. [1] It is old. [2]');
  expect(lines[2]).toBe('[1] pier[31m.md:7–24, line 3:1 · page 2 · Title');
  expect(lines[3]).toBe('    “The pier is long.”');
  expect(lines[5]).toContain('line 3:19');
  expect(lines.at(-2)).toBe('confidence 0.88 · conversation conv_1');
});

test('a quote whose document has left is shown without its line', () => {
  expect(renderAnswer(end, () => undefined, plain)).toContain('7–24 · page 2');
});

test('what was left out, is not in the documents and was used of a language model is told', () => {
  const usage = {
    model: 'ollama:qwen3',
    inputTokens: 900,
    outputTokens: 40,
    estimated: true,
    costUsd: 0.00042,
  };
  const shown = renderAnswer(
    { ...end, answer: { ...end.answer, omitted: 2, unanswered: ['Who is he?'] } as Answered, usage },
    () => text,
    plain,
  );
  expect(shown).toContain('Left out: 2 sentences that no document supports\n');
  expect(shown).toContain('Not in the documents: Who is he?\n');
  expect(shown).toContain(
    'confidence 0.88 · about 900 + 40 tokens of ollama:qwen3, $0.00042 · conversation conv_1',
  );
});

test('what is less likely than not to be the answer is given with a word of doubt', () => {
  expect(renderAnswer({ ...end, confidence: 0.49 }, () => text, plain)).toContain(DOUBT);
  expect(renderAnswer({ ...end, confidence: 0.5 }, () => text, plain)).not.toContain(DOUBT);
});

test('a decline shows the closest passages', () => {
  const declined: AnswerEnd = {
    ...end,
    degraded: 'Full text alone.',
    answer: { status: 'declined', reason: 'no_answer_in_documents', text: 'Not there.', closest: [hit] },
  };
  const shown = renderAnswer(declined, () => text, plain);
  expect(shown).toContain(
    'Not there.\n\nClosest passages:\n\npier.md:7–35 (0.50)\n    The pier is long. It is old.',
  );
  expect(shown).toContain('Degraded: Full text alone.');
});
