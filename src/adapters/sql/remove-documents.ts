import { inSlices } from './in-slices.ts';
import { textsOfKeys } from './passage-text.ts';
import type { Transaction } from './run.ts';
import type { TextIndexWriter } from './text-index-writer.ts';

/** What hangs on documents that are to go. */
export interface Removal {
  /** Keys of the documents that are there. */
  readonly documentKeys: readonly number[];
  readonly documents: number;
  readonly passageKeys: readonly number[];
  /** Passage ids with the keys of their embeddings. */
  readonly passages: ReadonlyMap<string, string>;
}

/** Looks up what is to go with these documents; unknown ids are ignored. */
export async function readRemoval(transaction: Transaction, ids: readonly string[]): Promise<Removal> {
  const documentKeys: number[] = [];
  const passageKeys: number[] = [];
  const passages = new Map<string, string>();
  await inSlices(transaction, [...new Set(ids)], async (slice) => {
    const wanted = [JSON.stringify(slice)];
    const found = await transaction.read(
      'SELECT key FROM documents WHERE id IN (SELECT value FROM json_each(?1))',
      wanted,
    );
    if (found.length === 0) return;
    const keys = found.map(({ key }) => Number(key));
    documentKeys.push(...keys);
    const rows = await transaction.read(
      'SELECT key, id, embedding_key FROM passages WHERE document_key IN (SELECT CAST(value AS INTEGER) FROM json_each(?1))',
      [JSON.stringify(keys)],
    );
    for (const { key, id, embedding_key } of rows) {
      passageKeys.push(Number(key));
      passages.set(String(id), String(embedding_key));
    }
  });
  return { documentKeys, documents: documentKeys.length, passageKeys, passages };
}

/** Removes documents with all that hangs on them. */
export async function removeDocuments(
  transaction: Transaction,
  textIndex: TextIndexWriter,
  { documentKeys, passageKeys }: Removal,
): Promise<void> {
  const { read, write } = transaction;
  await inSlices(transaction, passageKeys, async (keys) => {
    await textIndex.remove(await textsOfKeys(read, keys));
    await write('DELETE FROM passages WHERE key IN (SELECT CAST(value AS INTEGER) FROM json_each(?1))', [
      JSON.stringify(keys),
    ]);
  });
  await inSlices(transaction, documentKeys, async (keys) => {
    const gone = [JSON.stringify(keys)];
    await write(
      'DELETE FROM document_metadata WHERE document_key IN (SELECT CAST(value AS INTEGER) FROM json_each(?1))',
      gone,
    );
    await write(
      'DELETE FROM documents WHERE key IN (SELECT CAST(value AS INTEGER) FROM json_each(?1))',
      gone,
    );
  });
}
