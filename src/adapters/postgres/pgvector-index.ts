import type { Pool } from 'pg';
import { IbidError, messageOf } from '../../model/errors.ts';
import { assertUnitVector } from '../../model/unit-vector.ts';
import type { PassageStore } from '../../ports/passage-store.ts';
import type { VectorChange, VectorIndex, VectorMatch, VectorRecord } from '../../ports/vector-index.ts';
import { unpackVector } from '../sql/pack-embedding.ts';
import type { Run, Transaction } from '../sql/run.ts';
import type { Migrations } from '../sql/schema.ts';
import { openPostgresDatabase, type PostgresDatabase } from './postgres-database.ts';

export interface PgvectorIndex extends VectorIndex {
  /** Catches up with the store, should whoever committed have been stopped before it told the index. */
  refresh(): Promise<void>;
  /** Nothing is held but connections, which are the pool's. */
  close(): Promise<void>;
}

export interface PgvectorIndexOptions {
  /** The pool of the passage store: the index lies beside its tables. */
  readonly pool: Pool;
  readonly store: Pick<PassageStore, 'manifest'>;
  readonly dimensions: number;
}

const MIGRATIONS: Migrations = {
  component: 'vectors',
  versions: [
    [
      `CREATE TABLE vector_generation (
        singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
        generation INTEGER NOT NULL
      )`,
    ],
  ],
};

/** pgvector's graphs take 2,000 numbers of 4 bytes or 4,000 of 2 (its README, "HNSW"). */
const MOST_SINGLES = 2_000;
const MOST_HALVES = 4_000;
/** Those of the graph that Node builds itself; see adapters/hnswlib. */
const GRAPH = 'm = 16, ef_construction = 200';
/** So many passages of a filter's documents are compared one by one, which takes some 20 ms; of more the graph finds enough. */
const MOST_COMPARED = 20_000;
const BATCH = 500;

/**
 * Nearest passages by pgvector's HNSW graph, which all instances share. A change is one transaction; whoever was stopped between the
 * commit of the store and that of the index leaves a generation by which the next one notices.
 * Rejects with `config_invalid` when pgvector is missing or older than 0.8, or cannot index vectors of that size.
 */
export async function openPgvectorIndex(options: PgvectorIndexOptions): Promise<PgvectorIndex> {
  const { pool, store, dimensions } = options;
  const type = typeOf(dimensions);
  const database = await openPostgresDatabase(pool, MIGRATIONS);
  const { read, transact } = database;
  await ensureTable(database, dimensions, type);
  const generationNow = async () => (await store.manifest())?.generation ?? 0;

  async function refresh(): Promise<void> {
    if ((await readGeneration(read)) === (await generationNow())) return;
    await transact((transaction) => catchUp(transaction, type));
  }

  async function apply(change: VectorChange): Promise<void> {
    for (const { vector, passageId } of change.upserts) assertUnitVector(vector, dimensions, passageId);
    if (change.generation > (await readGeneration(read)) + 1) return refresh();
    await transact(async (transaction) => {
      await remove(transaction, change.removals);
      await upsert(transaction, change.upserts, type);
      await writeGeneration(transaction, change.generation);
    });
  }

  // Another instance may be at it, for long: this one serves what is there and looks again.
  await (async () => {
    await refresh();
    await ensureGraph(database, type);
  })().catch((error: unknown) => {
    if (!(error instanceof IbidError && error.code === 'index_busy')) throw error;
  });
  return {
    async search({ vector, limit, documentIds }) {
      assertUnitVector(vector, dimensions, 'the query');
      if (limit < 1) return [];
      const nearest = [textOf(vector), limit] as const;
      if (!documentIds) return toMatches(await read(nearestOf('passage_vectors', type), nearest));
      const ids = JSON.stringify([...documentIds]);
      const [row] = await read(COUNT_WITHIN, [ids, MOST_COMPARED]);
      const few = Number(row?.count) < MOST_COMPARED;
      return toMatches(await read(few ? compareWithin(type) : searchWithin(type), [ids, ...nearest]));
    },
    apply,
    refresh,
    close: async () => {},
  };
}

function typeOf(dimensions: number): 'vector' | 'halfvec' {
  if (dimensions <= MOST_SINGLES) return 'vector';
  if (dimensions <= MOST_HALVES) return 'halfvec';
  throw new IbidError(
    'config_invalid',
    `pgvector indexes vectors of at most ${MOST_HALVES} numbers, the embedder gives ${dimensions}. Use an embedder of fewer (IBID_EMBED_DIMENSIONS), or unset DATABASE_URL.`,
  );
}

/** ?1: document ids, ?2: where to stop counting. */
const COUNT_WITHIN = `SELECT count(*) AS count FROM (
  SELECT 1 FROM passage_vectors WHERE document_id IN (SELECT value FROM json_each(?1)) LIMIT ?2) AS found`;

/** The vector and the limit are the last two parameters. pgvector's `<#>` is the inner product, negated so that an index may ascend. */
function nearestOf(table: string, type: string, where = '', first = 1): string {
  const distance = `embedding <#> ?${first}::${type}`;
  return `SELECT passage_id, -(${distance}) AS score FROM ${table} ${where} ORDER BY ${distance} LIMIT ?${first + 1}`;
}

const WITHIN = 'WHERE document_id IN (SELECT value FROM json_each(?1))';

function compareWithin(type: string): string {
  const allowed = `SELECT passage_id, embedding FROM passage_vectors ${WITHIN}`;
  return `WITH allowed AS MATERIALIZED (${allowed}) ${nearestOf('allowed', type, '', 2)}`;
}

function searchWithin(type: string): string {
  return nearestOf('passage_vectors', type, WITHIN, 2);
}

function toMatches(rows: Awaited<ReturnType<Run>>): VectorMatch[] {
  return rows.map(({ passage_id, score }) => ({ passageId: String(passage_id), score: Number(score) }));
}

async function readGeneration(read: Run): Promise<number> {
  const [row] = await read('SELECT generation FROM vector_generation');
  return Number(row?.generation ?? 0);
}

async function writeGeneration({ write }: Transaction, generation: number): Promise<void> {
  await write(
    `INSERT INTO vector_generation VALUES (1, ?)
     ON CONFLICT (singleton) DO UPDATE SET generation = excluded.generation`,
    [generation],
  );
}

/** Makes the table, or makes it anew when it holds vectors of another embedder's size. */
async function ensureTable({ read, transact }: PostgresDatabase, dimensions: number, type: string) {
  const column = `${type}(${dimensions})`;
  if ((await readColumn(read)) === column) return;
  await transact(async (transaction) => {
    const { write } = transaction;
    await ensureExtension(transaction);
    if ((await readColumn(transaction.read)) === column) return;
    await write('DROP TABLE IF EXISTS passage_vectors');
    // `embedding_key` tells a passage whose text stayed and whose embedding is another one.
    await write(`CREATE TABLE passage_vectors (
      passage_id TEXT PRIMARY KEY,
      document_id TEXT NOT NULL,
      embedding_key TEXT,
      embedding ${column} NOT NULL
    )`);
    await write('CREATE INDEX passage_vectors_by_document ON passage_vectors (document_id)');
    await writeGeneration(transaction, 0);
  });
}

async function readColumn(read: Run): Promise<unknown> {
  const [row] = await read(`SELECT format_type(atttypid, atttypmod) AS type FROM pg_attribute
    WHERE attrelid = to_regclass('passage_vectors') AND attname = 'embedding'`);
  return row?.type;
}

async function ensureExtension({ read, write }: Transaction): Promise<void> {
  const [found] = await read("SELECT extversion AS version FROM pg_extension WHERE extname = 'vector'");
  const [available] = found
    ? [found]
    : await read("SELECT default_version AS version FROM pg_available_extensions WHERE name = 'vector'");
  if (available === undefined) {
    throw new IbidError(
      'config_invalid',
      'The Postgres server has no pgvector, which an index of this size needs. Install it (https://github.com/pgvector/pgvector), or use a server that has it.',
    );
  }
  if (Number.parseFloat(String(available.version)) < 0.8) {
    throw new IbidError(
      'config_invalid',
      `The Postgres server has pgvector ${available.version}; Ibid needs 0.8 or newer. Update it, then run ALTER EXTENSION vector UPDATE.`,
    );
  }
  if (found) return;
  try {
    await write('CREATE EXTENSION IF NOT EXISTS vector');
  } catch (cause) {
    throw new IbidError(
      'config_invalid',
      `pgvector is there but not switched on (${messageOf(cause)}). Run CREATE EXTENSION vector in the database as an administrator.`,
      { cause },
    );
  }
}

/** Built once there are vectors, which is quicker than to let it grow; whoever comes meanwhile compares one by one. */
async function ensureGraph({ read, transact }: PostgresDatabase, type: string): Promise<void> {
  if (await hasGraph(read)) return;
  await transact(async (transaction) => {
    if (await hasGraph(transaction.read)) return;
    await transaction.write(
      `CREATE INDEX passage_vectors_graph ON passage_vectors USING hnsw (embedding ${type}_ip_ops) WITH (${GRAPH})`,
    );
  });
}

async function hasGraph(read: Run): Promise<boolean> {
  const [graph] = await read("SELECT to_regclass('passage_vectors_graph') AS name");
  return graph?.name !== null;
}

/** What the store no longer has, or has another embedding for. */
const FORGET_STALE = `DELETE FROM passage_vectors AS v WHERE NOT EXISTS (
  SELECT 1 FROM passages AS p WHERE p.id = v.passage_id AND p.embedding_key = v.embedding_key)`;

/** ?1: passage key to start after, ?2: limit. */
const SELECT_MISSING = `SELECT p.key, p.id, d.id AS document_id, e.vector FROM passages AS p
  JOIN documents AS d ON d.key = p.document_key JOIN embeddings AS e ON e.key = p.embedding_key
  WHERE p.key > ?1 AND NOT EXISTS (SELECT 1 FROM passage_vectors AS v WHERE v.passage_id = p.id)
  ORDER BY p.key LIMIT ?2`;

async function catchUp(transaction: Transaction, type: string): Promise<void> {
  const { read, write } = transaction;
  // What is committed meanwhile may be read already; the next look then finds it in place.
  const [manifest] = await read('SELECT generation FROM manifest');
  await write(FORGET_STALE);
  for (let after = 0; ; ) {
    const rows = await read(SELECT_MISSING, [after, BATCH]);
    const last = rows.at(-1);
    if (!last) break;
    after = Number(last.key);
    const records = rows.map((row) => ({
      ...{ passageId: String(row.id), documentId: String(row.document_id) },
      vector: unpackVector(row.vector as ArrayBuffer),
    }));
    await upsert(transaction, records, type);
  }
  await writeGeneration(transaction, Number(manifest?.generation ?? 0));
}

async function remove({ write }: Transaction, ids: readonly string[]): Promise<void> {
  await write('DELETE FROM passage_vectors WHERE passage_id IN (SELECT value FROM json_each(?1))', [
    JSON.stringify(ids),
  ]);
}

async function upsert({ write }: Transaction, records: readonly VectorRecord[], type: string): Promise<void> {
  for (let from = 0; from < records.length; from += BATCH) {
    const slice = records.slice(from, from + BATCH);
    const rows = slice.map(({ passageId, documentId, vector }) => [passageId, documentId, textOf(vector)]);
    await write(
      `INSERT INTO passage_vectors (passage_id, document_id, embedding_key, embedding)
       SELECT wanted.value ->> 0, wanted.value ->> 1, p.embedding_key, CAST(wanted.value ->> 2 AS ${type})
       FROM json_each(?1) AS wanted LEFT JOIN passages AS p ON p.id = wanted.value ->> 0
       ON CONFLICT (passage_id) DO UPDATE SET document_id = excluded.document_id,
         embedding_key = excluded.embedding_key, embedding = excluded.embedding`,
      [JSON.stringify(rows)],
    );
  }
}

/** As pgvector reads it. */
function textOf(vector: Float32Array): string {
  return `[${vector.join(',')}]`;
}
