import type { EvalCase, EvalDataset } from './eval-dataset.ts';

/**
 * A set's answerable questions with the first-turn questions of another set beside them, all asked of the first set's
 * documents: does the confidence tell what the documents are about from what they are not? The other's count as
 * unanswerable; the two alternate, so that any number of the first cases holds as many of each while both last.
 */
export function withOffTopic(dataset: EvalDataset, other: EvalDataset): EvalDataset {
  const [corpus] = dataset.corpora;
  const own = dataset.cases.filter((item) => item.answerable && item.corpus === corpus?.name);
  const strange = other.cases
    .filter((item) => item.history.length === 0)
    .map((item) => toOffTopic(item, corpus?.name ?? ''));
  const longest = Math.max(own.length, strange.length);
  const cases = Array.from({ length: longest }, (_, index) => [own[index], strange[index]]).flat();
  return {
    name: `${dataset.name} with the questions of ${other.name}`,
    corpora: corpus === undefined ? [] : [corpus],
    cases: cases.filter((item) => item !== undefined),
  };
}

function toOffTopic({ id, question }: EvalCase, corpus: string): EvalCase {
  return {
    id: `off-topic:${id}`,
    question,
    history: [],
    answerable: false,
    answers: [],
    goldSpans: [],
    forbidden: [],
    relevance: new Map(),
    tags: ['unanswerable', 'off-topic'],
    goldRule: 'any',
    corpus,
  };
}
