import type { EvalCase, EvalCorpus, EvalDataset } from '../datasets/eval-dataset.ts';
import { smallCorpora } from './small-corpora.ts';

/** Questions to ask of a corpus: those about it, and those about something else. */
export interface Task {
  readonly group: string;
  readonly corpus: EvalCorpus;
  readonly onTopic: readonly EvalCase[];
  readonly offTopic: readonly EvalCase[];
}

/** Questions taken from one corpus, evenly over the set; as many off-topic ones from elsewhere as a quarter of that. */
const MOST_QUESTIONS = 1_200;
const MOST_QUESTIONS_SMALL = 120;

/**
 * Each of `sets` whole, and each larger topic of it as a corpus of its own; of `byTopic` the topics alone. Off-topic questions
 * come from the next set or topic.
 */
export async function tasksOf(
  sets: readonly EvalDataset[],
  byTopic: readonly EvalDataset[] = [],
): Promise<Task[]> {
  const whole = sets.flatMap((set, i): Task[] => {
    const [corpus] = set.corpora;
    const other = sets[(i + 1) % sets.length];
    if (corpus === undefined || other === undefined) return [];
    const offTopic = other === set ? [] : evenly(other.cases, MOST_QUESTIONS / 4);
    return [{ group: set.name, corpus, onTopic: evenly(set.cases, MOST_QUESTIONS), offTopic }];
  });
  const small = (await Promise.all([...sets, ...byTopic].map(topicsOf))).flat();
  const parts = small.map(({ group, corpus, cases }, i): Task => {
    const other = small[(i + 1) % small.length]?.cases ?? [];
    return {
      group,
      corpus,
      onTopic: evenly(cases, MOST_QUESTIONS_SMALL),
      offTopic: evenly(other, MOST_QUESTIONS_SMALL / 4),
    };
  });
  return [...whole, ...parts];
}

async function topicsOf(set: EvalDataset) {
  const topics = (await smallCorpora(set)).filter(({ cases }) => cases.length > 0);
  return topics.map((topic) => ({ ...topic, group: `one topic of ${set.name}` }));
}

function evenly<T>(items: readonly T[], most: number): T[] {
  const step = Math.max(1, items.length / most);
  return Array.from(
    { length: Math.min(items.length, Math.floor(most)) },
    (_, i) => items[Math.floor(i * step)],
  ).filter((item) => item !== undefined);
}
