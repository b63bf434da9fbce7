import type { PassageEmbedding } from '../../ports/embedder.ts';
import { packEmbedding } from '../sql/pack-embedding.ts';
import type { Database } from './database.ts';
import { insertRows } from './insert-rows.ts';

/** Keeps embeddings under their keys; a key already there keeps what it has, since a key names its content. */
export async function cacheEmbeddings(
  database: Database,
  entries: ReadonlyMap<string, PassageEmbedding>,
): Promise<void> {
  if (entries.size === 0) return;
  const rows = [...entries].map(([key, embedding]) => {
    const { vector, sentences } = packEmbedding(embedding);
    return [key, vector, sentences];
  });
  const into = 'INSERT INTO embeddings (key, vector, sentences)';
  await database.write((run) => insertRows(run, into, rows, 'ON CONFLICT (key) DO NOTHING'));
}
