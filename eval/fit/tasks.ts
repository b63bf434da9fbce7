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

/** Each set whole, and each of its larger topics as a corpus of its own; off-topic questions come from the next set or topic. */
export async function tasksOf(sets: readonly EvalDataset[]): Promise<Task[]> {
  const whole = sets.flatMap((set, i): Task[] => {
    const [corpus] = set.corpora;
    const other = sets[(i + 1) % sets.length];
    if (corpus === undefined || other === undefined) return [];
    const offTopic = other === set ? [] : evenly(other.cases, MOST_QUESTIONS / 4);
    return [{ group: set.name, corpus, onTopic: evenly(set.cases, MOST_QUESTIONS), offTopic }];
  });
  const small = (await Promise.all(sets.map(smallCorpora))).flat().filter(({ cases }) => cases.length > 0);
  const parts = small.map(({ corpus, cases }, i): Task => {
    const other = small[(i + 1) % small.length]?.cases ?? [];
    return {
      group: 'one topic',
      corpus,
      onTopic: evenly(cases, MOST_QUESTIONS_SMALL),
      offTopic: evenly(other, MOST_QUESTIONS_SMALL / 4),
    };
  });
  return [...whole, ...parts];
}

function evenly<T>(items: readonly T[], most: number): T[] {
  const step = Math.max(1, items.length / most);
  return Array.from(
    { length: Math.min(items.length, Math.floor(most)) },
    (_, i) => items[Math.floor(i * step)],
  ).filter((item) => item !== undefined);
}
