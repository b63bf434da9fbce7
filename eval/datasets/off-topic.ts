import type { EvalCase, EvalDataset } from './eval-dataset.ts';

/**
 * A set's answerable questions with the first-turn questions of another set beside them, all asked of the first set's
 * documents: does the confidence tell what the documents are about from what they are not? The other's count as
 * unanswerable, but for those whose own document has the title of one here: they are not off topic, and are left out.
 * The two alternate, so that any number of the first cases holds as many of each while both last.
 */
export async function withOffTopic(dataset: EvalDataset, other: EvalDataset): Promise<EvalDataset> {
  const [corpus] = dataset.corpora;
  const own = dataset.cases.filter((item) => item.answerable && item.corpus === corpus?.name);
  const ofSharedTitles = await documentsOfSharedTitles(dataset, other);
  const strange = other.cases
    .filter((item) => item.history.length === 0)
    .filter(
      (item) => ![...item.relevance].some(([document, gain]) => gain > 0 && ofSharedTitles.has(document)),
    )
    .map((item) => toOffTopic(item, corpus?.name ?? ''));
  const longest = Math.max(own.length, strange.length);
  const cases = Array.from({ length: longest }, (_, index) => [own[index], strange[index]]).flat();
  return {
    name: `${dataset.name} with the questions of ${other.name}`,
    corpora: corpus === undefined ? [] : [corpus],
    cases: cases.filter((item) => item !== undefined),
  };
}

/** The other set's documents that are called what one of this set is called. */
async function documentsOfSharedTitles(dataset: EvalDataset, other: EvalDataset): Promise<Set<string>> {
  const here = new Set<string>();
  for await (const { title } of dataset.corpora[0]?.documents() ?? []) here.add(sameTitle(title));
  here.delete('');
  const shared = new Set<string>();
  for await (const { uri, title } of other.corpora[0]?.documents() ?? []) {
    if (here.has(sameTitle(title))) shared.add(uri);
  }
  return shared;
}

/** Sets differ in how they write the titles of the same articles. */
function sameTitle(title: string): string {
  return title.replaceAll('_', ' ').trim().toLowerCase();
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
