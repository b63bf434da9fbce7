import type { Run } from './connection.ts';
import { inSlices } from './in-slices.ts';
import { textsOfKeys } from './passage-text.ts';
import type { TextIndexWriter } from './text-index-writer.ts';

/** Passage ids with the keys of their embeddings. */
export type PassageKeys = ReadonlyMap<string, string>;

const KEYS_OF_DOCUMENTS = 'SELECT key FROM documents WHERE id IN (SELECT value FROM json_each(?1))';

export interface Removed {
  readonly documents: number;
  readonly passages: PassageKeys;
}

/** Removes documents with all that hangs on them; unknown ids are ignored. */
export async function removeDocuments(
  run: Run,
  textIndex: TextIndexWriter,
  ids: readonly string[],
): Promise<Removed> {
  const removed = new Map<string, string>();
  let count = 0;
  await inSlices(ids, async (slice) => {
    const documents = [JSON.stringify(slice)];
    const passages = await run(
      `SELECT key, id, embedding_key FROM passages WHERE document_key IN (${KEYS_OF_DOCUMENTS})`,
      documents,
    );
    for (const { id, embedding_key } of passages) removed.set(String(id), String(embedding_key));
    await inSlices(passages, async (part) => {
      const keys = part.map(({ key }) => Number(key));
      await textIndex.remove(await textsOfKeys(run, keys));
      const sql = 'DELETE FROM passages WHERE key IN (SELECT value FROM json_each(?1))';
      await run(sql, [JSON.stringify(keys)]);
    });
    await run(`DELETE FROM document_metadata WHERE document_key IN (${KEYS_OF_DOCUMENTS})`, documents);
    const gone = await run(
      'DELETE FROM documents WHERE id IN (SELECT value FROM json_each(?1)) RETURNING key',
      documents,
    );
    count += gone.length;
  });
  return { documents: count, passages: removed };
}
