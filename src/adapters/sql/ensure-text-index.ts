import type { TextAnalyser } from '../../ports/text-analyser.ts';
import { textsAfter } from './passage-text.ts';
import type { Run, Transaction } from './run.ts';
import { createTextIndexWriter } from './text-index-writer.ts';

interface TextDatabase {
  readonly read: Run;
  /** A transaction that sees what it wrote. */
  readonly transact: (work: (transaction: Transaction) => Promise<void>) => Promise<void>;
}

const SELECT_ANALYSER = 'SELECT id FROM text_analyser';
const SLICE = 500;

/** Makes the posting lists anew, from the stored passages, when another analyser made them or none did. */
export async function ensureTextIndex(
  { read, transact }: TextDatabase,
  analyser: TextAnalyser,
): Promise<void> {
  if (await isMadeBy(read, analyser)) return;
  await transact(async (transaction) => {
    // Another process may have done it while this one waited.
    if (!(await isMadeBy(transaction.read, analyser))) await rebuild(transaction, analyser);
  });
}

async function isMadeBy(read: Run, { id }: TextAnalyser): Promise<boolean> {
  const [row] = await read(SELECT_ANALYSER);
  return row?.id === id;
}

async function rebuild(transaction: Transaction, analyser: TextAnalyser): Promise<void> {
  const { read, write } = transaction;
  await write('DELETE FROM postings');
  await write('DELETE FROM passage_lengths');
  const writer = createTextIndexWriter(transaction, analyser);
  for (let after = 0; ; ) {
    const texts = await textsAfter(read, after, SLICE);
    await writer.add(texts);
    const last = texts.at(-1);
    if (!last) break;
    after = last.key;
  }
  await writer.finish();
  await write(
    'INSERT INTO text_analyser (singleton, id) VALUES (1, ?) ON CONFLICT (singleton) DO UPDATE SET id = excluded.id',
    [analyser.id],
  );
}
