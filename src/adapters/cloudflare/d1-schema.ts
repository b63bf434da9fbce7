import { CREATE_LOOSE_EMBEDDINGS } from '../sql/loose-embeddings.ts';
import type { Migrations } from '../sql/schema.ts';

/**
 * What Workers need beside the tables that they share with Node: which cached embeddings no passage uses yet, so that a commit need
 * not look for them among all; who ingests; what Vectorize does not show yet; documents that wait for the queue; what signs sessions;
 * what a model's vectors have in common; and how far embedding anew and catching up have come.
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
    [
      'CREATE TABLE centres (model TEXT PRIMARY KEY, passages BLOB NOT NULL, questions BLOB NOT NULL)',
      `CREATE TABLE embedding_anew (
        singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
        embedder TEXT NOT NULL
      )`,
      'CREATE TABLE passages_anew (passage_key INTEGER PRIMARY KEY, embedding_key TEXT NOT NULL)',
      // Until it is done, Vectorize may hold vectors of two models: then `mixed` is 1.
      `CREATE TABLE vector_catch_up (
        singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
        after_key INTEGER NOT NULL,
        mixed INTEGER NOT NULL
      )`,
    ],
  ],
};
