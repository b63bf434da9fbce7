import type { TextAnalyser } from '../../ports/text-analyser.ts';
import { inSlices } from './in-slices.ts';
import { mergePostings } from './merge-postings.ts';
import type { PassageText } from './passage-text.ts';
import { countTerms, createPending, type Pending } from './pending-postings.ts';
import type { SqlValue, Transaction } from './run.ts';

/** Changes the posting lists within a transaction. Removals come before additions; `finish` writes what is still in memory. */
export interface TextIndexWriter {
  remove(passages: readonly PassageText[]): Promise<void>;
  add(passages: readonly PassageText[]): Promise<void>;
  finish(): Promise<void>;
}

/** Postings held in memory before they are merged into the lists, about 100 MB of them. */
const MOST_PENDING = 2_000_000;
/** Passages analysed before others may run. */
const PASSAGES_AT_ONCE = 50;

export function createTextIndexWriter(transaction: Transaction, { analyse }: TextAnalyser): TextIndexWriter {
  const { seesWrites, write, insert } = transaction;
  let pending: Pending = createPending();
  const flush = async () => {
    const full = pending;
    pending = createPending();
    await mergePostings(transaction, full.changes);
  };
  const termsOf = ({ title, headings, text }: PassageText) => analyse([title, ...headings, text].join('\n'));
  const each = (passages: readonly PassageText[], work: (slice: readonly PassageText[]) => Promise<void>) =>
    inSlices(
      transaction,
      passages,
      async (slice) => {
        await work(slice);
        // Merging twice reads what was merged before.
        if (seesWrites && pending.size >= MOST_PENDING) await flush();
      },
      PASSAGES_AT_ONCE,
    );
  return {
    remove: (passages) =>
      each(passages, async (slice) => {
        for (const passage of slice) pending.remove(passage.key, countTerms(termsOf(passage)));
        const keys = JSON.stringify(slice.map(({ key }) => key));
        const sql =
          'DELETE FROM passage_lengths WHERE passage_key IN (SELECT CAST(value AS INTEGER) FROM json_each(?1))';
        await write(sql, [keys]);
      }),
    add: (passages) =>
      each(passages, async (slice) => {
        const lengths = slice.map((passage): SqlValue[] => {
          const terms = termsOf(passage);
          pending.add(passage.key, countTerms(terms));
          return [passage.key, terms.length];
        });
        await insert('INSERT INTO passage_lengths (passage_key, terms)', lengths);
      }),
    finish: flush,
  };
}
