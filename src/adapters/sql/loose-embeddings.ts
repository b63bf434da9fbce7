import type { PassageEmbedding } from '../../ports/embedder.ts';
import type { CommittedChange, IndexChange } from '../../ports/passage-store.ts';
import { packEmbedding } from './pack-embedding.ts';
import type { Run, Transaction } from './run.ts';

/** The keys of embeddings in ?1, and those that were cached and not used, go when no passage uses them. */
const DROP_UNUSED = `DELETE FROM embeddings
  WHERE key IN (SELECT value FROM json_each(?1) UNION SELECT key FROM loose_embeddings)
  AND NOT EXISTS (SELECT 1 FROM passages WHERE embedding_key = embeddings.key)`;

/** Which cached embeddings no passage uses yet, so that a commit need not look for them among all. */
export const CREATE_LOOSE_EMBEDDINGS = 'CREATE TABLE loose_embeddings (key TEXT PRIMARY KEY) WITHOUT ROWID';

/** Keeps embeddings under their keys; a key already there keeps what it has, since a key names its content. */
export async function cacheLooseEmbeddings(
  { insert }: Pick<Transaction, 'insert'>,
  entries: ReadonlyMap<string, PassageEmbedding>,
): Promise<void> {
  const rows = [...entries].map(([key, embedding]) => {
    const { vector, sentences } = packEmbedding(embedding);
    return [key, vector, sentences];
  });
  const keys = rows.map(([key = '']) => [key]);
  await insert('INSERT INTO embeddings (key, vector, sentences)', rows, 'ON CONFLICT (key) DO NOTHING');
  await insert('INSERT INTO loose_embeddings (key)', keys, 'ON CONFLICT (key) DO NOTHING');
}

/** Runs a commit within its transaction, and drops the embeddings that it leaves unused. */
export async function commitWithoutLoose(
  transaction: Transaction,
  generation: number,
  change: IndexChange,
  commit: () => Promise<CommittedChange>,
): Promise<CommittedChange> {
  const replaced = await replacedKeys(transaction.read, change);
  const committed = await commit();
  if (committed.generation !== generation) {
    await transaction.write(DROP_UNUSED, [JSON.stringify(replaced)]);
    await transaction.write('DELETE FROM loose_embeddings');
  }
  return committed;
}

/** Keys of the embeddings that the change may leave without a passage. */
async function replacedKeys(read: Run, { removals, upserts }: IndexChange): Promise<string[]> {
  const ids = [...removals, ...upserts.map(({ document }) => document.id)];
  const rows = await read(
    `SELECT DISTINCT p.embedding_key FROM json_each(?1) AS wanted
     CROSS JOIN documents AS d ON d.id = wanted.value CROSS JOIN passages AS p ON p.document_key = d.key`,
    [JSON.stringify(ids)],
  );
  return rows.map(({ embedding_key }) => String(embedding_key));
}
