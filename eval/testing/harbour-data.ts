import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const TOWNS = [
  'Arlen',
  'Brisk',
  'Corva',
  'Delmer',
  'Estrid',
  'Farrow',
  'Gannet',
  'Hollin',
  'Istra',
  'Jorvik',
];
const YEARS = TOWNS.map((_, index) => 1801 + index * 7);

/** Writes a small made-up data set in BEIR layout: ten harbour towns, thirty answerable questions and ten without an answer. */
export async function writeHarbourData(folder: string): Promise<void> {
  await mkdir(join(folder, 'qrels'), { recursive: true });
  const corpus = TOWNS.map((town, index) => {
    const year = YEARS[index];
    const text = `${town} lies on the northern shore. The harbour of ${town} was opened in ${year}. The lighthouse of ${town} is ${20 + index} metres tall. The ferry company of ${town} owns ${index + 2} boats.`;
    return { _id: `town-${index}`, title: town, text };
  });
  const queries = TOWNS.flatMap((town, index) => [
    asked(
      index,
      'opened',
      `When was the harbour of ${town} opened?`,
      String(YEARS[index]),
      `The harbour of ${town} was opened in ${YEARS[index]}.`,
    ),
    asked(
      index,
      'lighthouse',
      `How tall is the lighthouse of ${town}?`,
      `${20 + index} metres`,
      `The lighthouse of ${town} is ${20 + index} metres tall.`,
    ),
    asked(
      index,
      'ferry',
      `How many boats does the ferry company of ${town} own?`,
      `${index + 2} boats`,
      `The ferry company of ${town} owns ${index + 2} boats.`,
    ),
    {
      _id: `mayor-${index}`,
      text: `Which mayor governed during wartime famine near ${town}?`,
      metadata: { answerable: false },
    },
  ]);
  const judged = queries.filter((query) => query.metadata.answerable);
  const qrels = judged.map((query) => `${query._id}\ttown-${query._id.split('-')[1]}\t1`);
  await writeFile(join(folder, 'corpus.jsonl'), lines(corpus.map((row) => JSON.stringify(row))));
  await writeFile(join(folder, 'queries.jsonl'), lines(queries.map((row) => JSON.stringify(row))));
  await writeFile(join(folder, 'qrels', 'test.tsv'), lines(['query-id\tcorpus-id\tscore', ...qrels]));
}

function asked(index: number, kind: string, text: string, answer: string, gold: string) {
  const metadata = {
    answerable: true,
    answers: [answer],
    gold_spans: [{ doc_id: `town-${index}`, text: gold }],
  };
  return { _id: `${kind}-${index}`, text, metadata };
}

function lines(rows: readonly string[]): string {
  return rows.map((row) => `${row}\n`).join('');
}
