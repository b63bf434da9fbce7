import { expect, it } from 'vitest';
import type { EvalCase, EvalDataset } from './eval-dataset.ts';
import { withOffTopic } from './off-topic.ts';

function set(name: string, questions: readonly Partial<EvalCase>[]): EvalDataset {
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
  const corpus = { name: 'corpus', key: async () => name, async *documents() {} };
  return { name, corpora: [corpus], cases };
}

it("asks another set's first-turn questions as unanswerable ones, in turn with the own answerable ones", async () => {
  const turn = { question: 'q', answer: 'a' };
  const both = withOffTopic(
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
