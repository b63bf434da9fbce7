import type { TextAnalyser } from '../../ports/text-analyser.ts';
import { textsAfter } from '../sql/passage-text.ts';
import { createTextIndexWriter } from '../sql/text-index-writer.ts';
import type { Run } from './connection.ts';
import type { Database } from './database.ts';
import { toTransaction } from './to-transaction.ts';

const SELECT_ANALYSER = 'SELECT id FROM text_analyser';
const SLICE = 500;

/** Makes the posting lists anew, from the stored passages, when another analyser made them or none did. */
export async function ensureTextIndex(database: Database, analyser: TextAnalyser): Promise<void> {
  if (await isMadeBy(database.read, analyser)) return;
  await database.write(async (run) => {
    // Another process may have done it while this one waited.
    if (!(await isMadeBy(run, analyser))) await rebuild(run, analyser);
  });
}

async function isMadeBy(run: Run, { id }: TextAnalyser): Promise<boolean> {
  const [row] = await run(SELECT_ANALYSER);
  return row?.id === id;
}

async function rebuild(run: Run, analyser: TextAnalyser): Promise<void> {
  await run('DELETE FROM postings');
  await run('DELETE FROM passage_lengths');
  const writer = createTextIndexWriter(toTransaction(run), analyser);
  for (let after = 0; ; ) {
    const texts = await textsAfter(run, after, SLICE);
    await writer.add(texts);
    const last = texts.at(-1);
    if (!last) break;
    after = last.key;
  }
  await writer.finish();
  await run('INSERT OR REPLACE INTO text_analyser (singleton, id) VALUES (1, ?)', [analyser.id]);
}
