import { IbidError } from '../../model/errors.ts';
import type { IndexChange, PassageStore } from '../../ports/passage-store.ts';
import type { TextAnalyser } from '../../ports/text-analyser.ts';
import type { VectorRecord } from '../../ports/vector-index.ts';
import { commitChange } from '../sql/commit-change.ts';
import { cacheLooseEmbeddings, commitWithoutLoose } from '../sql/loose-embeddings.ts';
import { unpackVector } from '../sql/pack-embedding.ts';
import { SELECT_GENERATION, SELECT_VECTORS } from '../sql/passage-queries.ts';
import { createPassageReads } from '../sql/passage-reads.ts';
import type { Run } from '../sql/run.ts';
import { createSlicedPassageFacts } from '../sql/sliced-passage-facts.ts';
import { createTextSearch } from '../sql/text-search.ts';
import type { D1Database } from './d1-database.ts';
import { guardOf } from './d1-guard.ts';

/** Vectors a statement: about 2 MB on the way at 1,024 numbers. */
const VECTOR_BATCH = 100;

/**
 * Documents, passages, full text and vectors in D1, by the same statements as on Node. A commit reads first and then writes in one
 * batch, which fails with `index_busy` when another commit came between. Throws `index_incompatible` when another `analyser` made
 * the full text that is there.
 */
export async function openD1PassageStore(
  database: D1Database,
  analyser: TextAnalyser,
): Promise<PassageStore> {
  const { read } = database;
  await claimAnalyser(database, analyser);
  return {
    ...createPassageReads(read),
    ...createTextSearch(read, createSlicedPassageFacts(read)),
    vectors: () => readVectors(read),
    cacheEmbeddings: (entries) =>
      database.transact([], (transaction) => cacheLooseEmbeddings(transaction, entries)),
    commit: (change) => commit(database, change, analyser),
  };
}

async function commit(database: D1Database, change: IndexChange, analyser: TextAnalyser) {
  const [before] = await database.read(SELECT_GENERATION);
  const generation = before === undefined ? null : Number(before.generation);
  return database.transact([guardOf(SELECT_GENERATION, generation)], (transaction) =>
    commitWithoutLoose(transaction, generation ?? 0, change, () =>
      commitChange(transaction, change, analyser),
    ),
  );
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
