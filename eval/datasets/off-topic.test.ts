import { expect, it } from 'vitest';
import { NO_STRUCTURE } from '../../src/model/document.ts';
import type { EvalCase, EvalDataset } from './eval-dataset.ts';
import { withOffTopic } from './off-topic.ts';

function set(
  name: string,
  questions: readonly Partial<EvalCase>[],
  titles: Record<string, string> = {},
): EvalDataset {
  const cases = questions.map((given, index): EvalCase => {
    const id = `${name}-${index}`;
    const gold = { answers: ['x'], goldSpans: [], forbidden: [], relevance: new Map([['d', 1]]) };
    return {
      id,
      question: id,
      history: [],
      answerable: true,
      ...gold,
      tags: [],
      goldRule: 'share',
      corpus: 'corpus',
      ...given,
    };
  });
  const corpus = {
    name: 'corpus',
    key: async () => name,
    async *documents() {
      for (const [uri, title] of Object.entries(titles)) {
        yield { uri, title, text: title, mediaType: 'text/plain', metadata: {}, structure: NO_STRUCTURE };
      }
    },
  };
  return { name, corpora: [corpus], cases };
}

it("asks another set's first-turn questions as unanswerable ones, in turn with the own answerable ones", async () => {
  const turn = { question: 'q', answer: 'a' };
  const both = await withOffTopic(
    set('harbours', [{}, { answerable: false }, {}]),
    set('mountains', [{}, { history: [turn] }, { answerable: false }, {}]),
  );
  expect(both.cases.map(({ id, answerable }) => [id, answerable])).toEqual([
    ['harbours-0', true],
    ['off-topic:mountains-0', false],
    ['harbours-2', true],
    ['off-topic:mountains-2', false],
    ['off-topic:mountains-3', false],
  ]);
  expect(both.cases[1]).toMatchObject({
    answers: [],
    relevance: new Map(),
    tags: ['unanswerable', 'off-topic'],
  });
  expect(await both.corpora[0]?.key()).toBe('harbours');
  expect(both.name).toBe('harbours with the questions of mountains');
});

it('leaves out questions on a document that is called as one of the own', async () => {
  const about = (...documents: string[]) => ({ relevance: new Map(documents.map((uri) => [uri, 1])) });
  const both = await withOffTopic(
    set('harbours', [], { h1: 'Great_Wall of China', h2: '' }),
    set('walls', [about('w1'), about('w2'), about('w2', 'w1'), about('w3'), about()], {
      w1: 'Great Wall of China',
      w2: 'Berlin Wall',
      w3: '',
    }),
  );
  expect(both.cases.map(({ id }) => id)).toEqual([1, 3, 4].map((index) => `off-topic:walls-${index}`));
});
