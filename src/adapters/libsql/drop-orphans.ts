import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Run } from './connection.ts';

const SLICE = 5_000;

/** Drops embeddings that no passage uses, walking the index of keys in slices and letting others run between them. */
export async function dropOrphans(run: Run): Promise<void> {
  let after = '';
  for (;;) {
    const [row] = await run(
      'SELECT max(key) AS last FROM (SELECT key FROM embeddings WHERE key > ?1 ORDER BY key LIMIT ?2)',
      [after, SLICE],
    );
    if (typeof row?.last !== 'string') return;
    await run(
      `DELETE FROM embeddings WHERE key > ?1 AND key <= ?2
       AND NOT EXISTS (SELECT 1 FROM passages WHERE embedding_key = embeddings.key)`,
      [after, row.last],
    );
    after = row.last;
    await yieldToOthers();
  }
}
