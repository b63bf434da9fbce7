import { CREATE_LOOSE_EMBEDDINGS } from '../sql/loose-embeddings.ts';
import type { Migrations } from '../sql/schema.ts';

/**
 * What Workers need beside the tables that they share with Node: which cached embeddings no passage uses yet, so that a commit need
 * not look for them among all; who ingests; what Vectorize does not show yet; documents that wait for the queue; and what
 * signs sessions.
 */
export const CLOUDFLARE_MIGRATIONS: Migrations = {
  component: 'cloudflare',
  versions: [
    [
      CREATE_LOOSE_EMBEDDINGS,
      `CREATE TABLE ingest_lease (
        singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
        holder TEXT NOT NULL,
        expires_at INTEGER NOT NULL
      )`,
      // Without a vector, the passage is to be forgotten. `mutation` is Vectorize's name for the change once it was sent.
      `CREATE TABLE unsettled_vectors (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        passage_id TEXT NOT NULL UNIQUE,
        document_id TEXT,
        mutation TEXT,
        sent_at INTEGER,
        vector BLOB
      )`,
      'CREATE INDEX unsettled_vectors_by_sending ON unsettled_vectors (sent_at, mutation)',
      `CREATE TABLE vector_generation (
        singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
        generation INTEGER NOT NULL
      )`,
      `CREATE TABLE staged_documents (
        uri TEXT PRIMARY KEY,
        origin TEXT NOT NULL,
        version TEXT NOT NULL,
        fault TEXT,
        payload BLOB NOT NULL
      ) WITHOUT ROWID`,
      `CREATE TABLE secrets (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
      ) WITHOUT ROWID`,
    ],
  ],
};
