/** The tables of one component, version by version: each version is a list of single SQL statements. */
export interface Migrations {
  readonly component: string;
  readonly versions: readonly (readonly string[])[];
}

/** Remembers which version of each component a file holds; also what tells an Ibid file from another program's. */
export const SCHEMA_VERSIONS = `CREATE TABLE IF NOT EXISTS schema_versions (
  component TEXT PRIMARY KEY,
  version INTEGER NOT NULL
) WITHOUT ROWID`;

/**
 * Documents, passages, their full text and their vectors.
 * Long columns come last, so that reading the short ones before them does not touch their pages.
 * Full text is a table of posting lists (see posting-list.ts) and the length of each passage in terms; `text_analyser` names what
 * made the terms. Version 1 kept it in FTS5, whose `bm25()` reads the size of every matched row: 1.2 ms a question at 10,000
 * passages and 4–8 ms at 100,000. A file of that version gets its posting lists when it is opened.
 */
export const PASSAGE_MIGRATIONS: Migrations = {
  component: 'passages',
  versions: [
    [
      `CREATE TABLE manifest (
        singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
        embedder_id TEXT NOT NULL,
        dimensions INTEGER NOT NULL,
        pooling TEXT NOT NULL,
        splitter_version TEXT NOT NULL,
        generation INTEGER NOT NULL
      )`,
      `CREATE TABLE documents (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        uri TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        media_type TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        origin TEXT NOT NULL,
        passage_count INTEGER NOT NULL,
        metadata TEXT NOT NULL,
        text TEXT NOT NULL
      )`,
      `CREATE TABLE document_metadata (
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        document_key INTEGER NOT NULL,
        PRIMARY KEY (name, value, document_key)
      ) WITHOUT ROWID`,
      'CREATE INDEX document_metadata_by_document ON document_metadata (document_key)',
      `CREATE TABLE passages (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        document_key INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        start_offset INTEGER NOT NULL,
        end_offset INTEGER NOT NULL,
        page INTEGER,
        embedding_key TEXT NOT NULL,
        headings TEXT NOT NULL,
        sentences BLOB NOT NULL,
        text TEXT NOT NULL
      )`,
      'CREATE INDEX passages_by_document ON passages (document_key, ordinal)',
      'CREATE INDEX passages_by_embedding ON passages (embedding_key)',
      `CREATE TABLE embeddings (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        vector BLOB NOT NULL,
        sentences BLOB NOT NULL
      )`,
    ],
    [
      'DROP TABLE IF EXISTS passage_text',
      `CREATE TABLE postings (
        term TEXT NOT NULL,
        block INTEGER NOT NULL,
        passages INTEGER NOT NULL,
        list BLOB NOT NULL,
        PRIMARY KEY (term, block)
      ) WITHOUT ROWID`,
      `CREATE TABLE passage_lengths (
        passage_key INTEGER PRIMARY KEY,
        terms INTEGER NOT NULL
      )`,
      `CREATE TABLE text_analyser (
        singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
        id TEXT NOT NULL
      )`,
    ],
  ],
};

/**
 * Conversations and feedback. A turn is kept as JSON, beside the facts that it is looked up by; a conversation has a row for its age
 * and for the question that holds it.
 */
export const CONVERSATION_MIGRATIONS: Migrations = {
  component: 'conversations',
  versions: [
    [
      `CREATE TABLE turns (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        conversation_id TEXT NOT NULL,
        asked_at TEXT NOT NULL,
        declined INTEGER NOT NULL,
        turn TEXT NOT NULL
      )`,
      'CREATE INDEX turns_by_conversation ON turns (conversation_id, key)',
      'CREATE INDEX turns_by_declined ON turns (declined, asked_at)',
      `CREATE TABLE feedback (
        answer_id TEXT PRIMARY KEY,
        rating TEXT NOT NULL,
        comment TEXT,
        rated_at TEXT NOT NULL
      ) WITHOUT ROWID`,
    ],
    [
      `CREATE TABLE conversations (
        id TEXT PRIMARY KEY,
        last_asked_at TEXT NOT NULL,
        holder TEXT,
        held_until INTEGER NOT NULL DEFAULT 0
      ) WITHOUT ROWID`,
      'CREATE INDEX conversations_by_age ON conversations (last_asked_at, id)',
      `INSERT INTO conversations (id, last_asked_at)
        SELECT conversation_id, max(asked_at) FROM turns GROUP BY conversation_id`,
    ],
  ],
};
