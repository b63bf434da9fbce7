import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { SqlValue } from '../sql/run.ts';
import type { Run } from './connection.ts';

/** D1 binds at most 100 parameters in a statement; the same batches serve here. */
const MOST_PARAMETERS = 100;

/**
 * Inserts rows of equal width, as many in a statement as the parameters allow.
 * `into` is the statement up to its values, `after` what follows them. Lets others run between statements.
 */
export async function insertRows(
  run: Run,
  into: string,
  rows: readonly (readonly SqlValue[])[],
  after = '',
): Promise<void> {
  const width = rows[0]?.length ?? 1;
  const batch = Math.floor(MOST_PARAMETERS / width);
  const row = `(${Array(width).fill('?').join(', ')})`;
  for (let from = 0; from < rows.length; from += batch) {
    const slice = rows.slice(from, from + batch);
    await run(`${into} VALUES ${Array(slice.length).fill(row).join(', ')} ${after}`, slice.flat());
    await yieldToOthers();
  }
}
