import { IbidError } from '../../model/errors.ts';
import type { IndexChange, PassageStore } from '../../ports/passage-store.ts';
import type { TextAnalyser } from '../../ports/text-analyser.ts';
import type { VectorRecord } from '../../ports/vector-index.ts';
import { commitChange } from '../sql/commit-change.ts';
import { packEmbedding, unpackVector } from '../sql/pack-embedding.ts';
import { SELECT_GENERATION, SELECT_VECTORS } from '../sql/passage-queries.ts';
import { createPassageReads } from '../sql/passage-reads.ts';
import type { Run } from '../sql/run.ts';
import { createTextSearch } from '../sql/text-search.ts';
import type { D1Database } from './d1-database.ts';
import { guardOf } from './d1-guard.ts';
import { insertStatements } from './d1-insert.ts';
import { createD1PassageFacts } from './d1-passage-facts.ts';

/** Vectors a statement: about 2 MB on the way at 1,024 numbers. */
const VECTOR_BATCH = 100;

/** The keys of embeddings in ?1, and those that were cached and not used, go when no passage uses them. */
const DROP_UNUSED = `DELETE FROM embeddings
  WHERE key IN (SELECT value FROM json_each(?1) UNION SELECT key FROM loose_embeddings)
  AND NOT EXISTS (SELECT 1 FROM passages WHERE embedding_key = embeddings.key)`;

/**
 * Documents, passages, full text and vectors in D1, by the same statements as on Node. A commit reads first and then writes in one
 * batch, which fails with `index_busy` when another commit came between. Throws `index_incompatible` when another `analyser` made
 * the full text that is there.
 */
export async function openD1PassageStore(
  database: D1Database,
  analyser: TextAnalyser,
): Promise<PassageStore> {
  const { read, batch } = database;
  await claimAnalyser(database, analyser);
  return {
    ...createPassageReads(read),
    ...createTextSearch(read, createD1PassageFacts(read)),
    vectors: () => readVectors(read),
    async cacheEmbeddings(entries) {
      const rows = [...entries].map(([key, embedding]) => {
        const { vector, sentences } = packEmbedding(embedding);
        return [key, vector, sentences];
      });
      const keys = rows.map(([key = '']) => [key]);
      await batch([
        ...insertStatements(
          'INSERT INTO embeddings (key, vector, sentences)',
          rows,
          'ON CONFLICT (key) DO NOTHING',
        ),
        ...insertStatements('INSERT OR IGNORE INTO loose_embeddings (key)', keys),
      ]);
    },
    commit: (change) => commit(database, change, analyser),
  };
}

async function commit(database: D1Database, change: IndexChange, analyser: TextAnalyser) {
  const [before] = await database.read(SELECT_GENERATION);
  const generation = before === undefined ? null : Number(before.generation);
  return database.transact([guardOf(SELECT_GENERATION, generation)], async (transaction) => {
    const replaced = await replacedKeys(database.read, change);
    const committed = await commitChange(transaction, change, analyser);
    if (committed.generation !== (generation ?? 0)) {
      await transaction.write(DROP_UNUSED, [JSON.stringify(replaced)]);
      await transaction.write('DELETE FROM loose_embeddings');
    }
    return committed;
  });
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

/** Each batch sees one state, but a commit may come between two: whoever follows the index notices by its generation. */
async function* readVectors(read: Run): AsyncGenerator<readonly VectorRecord[]> {
  for (let after = 0; ; ) {
    const rows = await read(SELECT_VECTORS, [after, VECTOR_BATCH]);
    const last = rows.at(-1);
    if (!last) return;
    after = Number(last.key);
    yield rows.map((row) => ({
      passageId: String(row.id),
      documentId: String(row.document_id),
      vector: unpackVector(row.vector as ArrayBuffer),
    }));
  }
}

async function claimAnalyser({ read, batch }: D1Database, { id }: TextAnalyser): Promise<void> {
  const [stored] = await read('SELECT id FROM text_analyser');
  if (stored?.id === id) return;
  const [any] = await read('SELECT 1 FROM passages LIMIT 1');
  if (any !== undefined) {
    throw new IbidError(
      'index_incompatible',
      'The full text in D1 was made by another version of Ibid. Bind a new database and run `npx ibid ingest --to` again.',
    );
  }
  await batch([['INSERT OR REPLACE INTO text_analyser (singleton, id) VALUES (1, ?1)', [id]]]);
}
