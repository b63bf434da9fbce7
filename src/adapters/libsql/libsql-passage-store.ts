import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { PassageEmbedding } from '../../ports/embedder.ts';
import type { PassageStore } from '../../ports/passage-store.ts';
import type { TextAnalyser } from '../../ports/text-analyser.ts';
import type { VectorRecord } from '../../ports/vector-index.ts';
import { commitChange } from '../sql/commit-change.ts';
import { ensureTextIndex } from '../sql/ensure-text-index.ts';
import { unpackVector } from '../sql/pack-embedding.ts';
import * as queries from '../sql/passage-queries.ts';
import { createPassageReads } from '../sql/passage-reads.ts';
import type { Transaction } from '../sql/run.ts';
import { PASSAGE_MIGRATIONS } from '../sql/schema.ts';
import { createTextSearch } from '../sql/text-search.ts';
import { cacheEmbeddings } from './cache-embeddings.ts';
import { type Database, openDatabase } from './database.ts';
import { dropOrphans } from './drop-orphans.ts';
import { createPassageFacts } from './passage-facts.ts';
import { toTransaction } from './to-transaction.ts';

export interface LibsqlPassageStore extends PassageStore {
  close(): Promise<void>;
}

const VECTOR_BATCH = 1_000;

/**
 * Documents, passages, full text and vectors in one SQLite file. `analyser` makes the terms of full text; a file whose terms another one made
 * gets new ones first, which takes a second for some 5,000 passages.
 * `busyWaitMs` (60,000) is how long a write waits for another process's before it throws `index_busy`.
 */
export async function openLibsqlPassageStore(options: {
  readonly path: string;
  readonly analyser: TextAnalyser;
  readonly busyWaitMs?: number;
}): Promise<LibsqlPassageStore> {
  const database = await openDatabase({ ...options, migrations: PASSAGE_MIGRATIONS });
  const { read } = database;
  const { analyser } = options;
  try {
    const transact = (work: (transaction: Transaction) => Promise<void>) =>
      database.write((run) => work(toTransaction(run)));
    await ensureTextIndex({ read, transact }, analyser);
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    ...createPassageReads(read),
    ...createTextSearch(read, createPassageFacts(read)),
    vectors: () => readVectors(database),
    cacheEmbeddings: (entries: ReadonlyMap<string, PassageEmbedding>) => cacheEmbeddings(database, entries),
    commit: (change) =>
      database.write(async (run) => {
        const before = await run(queries.SELECT_GENERATION);
        const committed = await commitChange(toTransaction(run), change, analyser);
        if (committed.generation !== Number(before[0]?.generation ?? 0)) await dropOrphans(run);
        return committed;
      }),
    close: () => database.close(),
  };
}

function readVectors(database: Database): AsyncIterable<readonly VectorRecord[]> {
  return database.snapshot(async function* (run) {
    let after = 0;
    for (;;) {
      const rows = await run(queries.SELECT_VECTORS, [after, VECTOR_BATCH]);
      const last = rows.at(-1);
      if (!last) return;
      after = Number(last.key);
      yield rows.map((row) => ({
        passageId: String(row.id),
        documentId: String(row.document_id),
        vector: unpackVector(row.vector as ArrayBuffer),
      }));
      await yieldToOthers();
    }
  });
}
