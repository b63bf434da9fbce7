import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { PassageEmbedding } from '../../ports/embedder.ts';
import type { MetadataFilter, PassageStore, StoredPassage } from '../../ports/passage-store.ts';
import type { TextAnalyser } from '../../ports/text-analyser.ts';
import type { VectorRecord } from '../../ports/vector-index.ts';
import { commitChange } from '../sql/commit-change.ts';
import { factsOf } from '../sql/metadata-facts.ts';
import { unpackVector } from '../sql/pack-embedding.ts';
import * as queries from '../sql/passage-queries.ts';
import { toDocument, toDocumentSummary, toManifest, toStoredPassage } from '../sql/passage-rows.ts';
import { PASSAGE_MIGRATIONS } from '../sql/schema.ts';
import { createTextSearch } from '../sql/text-search.ts';
import { cacheEmbeddings } from './cache-embeddings.ts';
import type { Run } from './connection.ts';
import { type Database, openDatabase } from './database.ts';
import { dropOrphans } from './drop-orphans.ts';
import { ensureTextIndex } from './ensure-text-index.ts';
import { createPassageFacts } from './passage-facts.ts';
import { toTransaction } from './to-transaction.ts';

export interface LibsqlPassageStore extends PassageStore {
  close(): Promise<void>;
}

const VECTOR_BATCH = 1_000;
const KEY_BATCH = 2_000;

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
    await ensureTextIndex(database, analyser);
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    ...createTextSearch(read, createPassageFacts(read)),
    manifest: async () => (await read(queries.SELECT_MANIFEST)).map(toManifest)[0],
    async listDocuments({ limit, afterUri = '', filter }) {
      const rows =
        filter && Object.keys(filter).length > 0
          ? await read(queries.LIST_FILTERED_DOCUMENTS, [...filterArguments(filter), afterUri, limit])
          : await read(queries.LIST_DOCUMENTS, [afterUri, limit]);
      return rows.map(toDocumentSummary);
    },
    countDocuments: createCounts(read),
    getDocument: async (id) => (await read(queries.SELECT_DOCUMENT, [id])).map(toDocument)[0],
    matchDocuments: (filter) => matchDocuments(read, filter),
    getPassages: (ids) => getPassages(read, ids),
    vectors: () => readVectors(database),
    cachedEmbeddings: (keys) => cachedEmbeddings(read, keys),
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

/** Counting reads every row, and each question asks for it: a count is kept for as long as the index keeps its generation. */
function createCounts(read: Run): PassageStore['countDocuments'] {
  let generation: unknown;
  let counts = { documents: 0, passages: 0 };
  return async () => {
    const [manifest] = await read(queries.SELECT_GENERATION);
    if (manifest === undefined || manifest.generation === generation) return counts;
    const [row] = await read(queries.COUNT_DOCUMENTS);
    generation = manifest.generation;
    counts = { documents: Number(row?.documents), passages: Number(row?.passages) };
    return counts;
  };
}

function filterArguments(filter: MetadataFilter): [string, number] {
  return [JSON.stringify(factsOf(filter)), Object.keys(filter).length];
}

async function matchDocuments(read: Run, filter: MetadataFilter): Promise<ReadonlySet<string>> {
  const all = Object.keys(filter).length === 0;
  const rows = all
    ? await read(queries.ALL_DOCUMENT_IDS)
    : await read(queries.MATCH_DOCUMENTS, filterArguments(filter));
  return new Set(rows.map(({ id }) => String(id)));
}

async function getPassages(read: Run, ids: readonly string[]): Promise<StoredPassage[]> {
  const rows = await read(queries.SELECT_PASSAGES, [JSON.stringify([...new Set(ids)])]);
  const found = new Map(rows.map(toStoredPassage).map((stored) => [stored.passage.id, stored]));
  return ids.flatMap((id) => {
    const stored = found.get(id);
    return stored ? [stored] : [];
  });
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

async function cachedEmbeddings(read: Run, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const cached = new Set<string>();
  for (let from = 0; from < keys.length; from += KEY_BATCH) {
    const slice = JSON.stringify(keys.slice(from, from + KEY_BATCH));
    for (const { key } of await read(queries.SELECT_CACHED_KEYS, [slice])) cached.add(String(key));
    await yieldToOthers();
  }
  return cached;
}
