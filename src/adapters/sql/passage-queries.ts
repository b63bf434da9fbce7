/**
 * What the passage store reads. Lists travel as one JSON parameter and are opened by `json_each`,
 * so that no statement grows with its input and none needs more than D1's 100 parameters.
 */
export const SELECT_MANIFEST = 'SELECT * FROM manifest';

export const COUNT_DOCUMENTS =
  'SELECT (SELECT count(*) FROM documents) AS documents, (SELECT count(*) FROM passages) AS passages';

export const SELECT_DOCUMENT = 'SELECT * FROM documents WHERE id = ?1';

const SUMMARY_COLUMNS = 'id, uri, title, media_type, content_hash, origin, passage_count, metadata';

/** ?1: uri to start after, ?2: limit. */
export const LIST_DOCUMENTS = `SELECT ${SUMMARY_COLUMNS} FROM documents WHERE uri > ?1 ORDER BY uri LIMIT ?2`;

/** Keys of documents that have, for each of the ?2 names in ?1 (pairs of name and value), one of its values. */
const FILTERED_KEYS = `SELECT m.document_key FROM json_each(?1) AS wanted
  CROSS JOIN document_metadata AS m ON m.name = wanted.value ->> 0 AND m.value = wanted.value ->> 1
  GROUP BY m.document_key HAVING count(DISTINCT m.name) = ?2`;

/** ?1, ?2: see FILTERED_KEYS; ?3: uri to start after, ?4: limit. */
export const LIST_FILTERED_DOCUMENTS = `SELECT ${SUMMARY_COLUMNS} FROM documents
  WHERE uri > ?3 AND key IN (${FILTERED_KEYS}) ORDER BY uri LIMIT ?4`;

export const MATCH_DOCUMENTS = `SELECT id FROM documents WHERE key IN (${FILTERED_KEYS})`;

export const ALL_DOCUMENT_IDS = 'SELECT id FROM documents';

/** ?1: passage ids. */
export const SELECT_PASSAGES = `SELECT p.id, d.id AS document_id, p.ordinal, p.start_offset, p.end_offset, p.page,
    p.headings, p.sentences, p.text, d.title AS document_title, d.uri AS document_uri,
    e.vector, e.sentences AS sentence_vectors
  FROM json_each(?1) AS wanted
  CROSS JOIN passages AS p ON p.id = wanted.value
  CROSS JOIN documents AS d ON d.key = p.document_key
  CROSS JOIN embeddings AS e ON e.key = p.embedding_key`;

/** ?1: passage key to start after, ?2: limit. */
export const SELECT_VECTORS = `SELECT p.key, p.id, d.id AS document_id, e.vector
  FROM passages AS p
  CROSS JOIN documents AS d ON d.key = p.document_key
  CROSS JOIN embeddings AS e ON e.key = p.embedding_key
  WHERE p.key > ?1 ORDER BY p.key LIMIT ?2`;

/** ?1: embedding keys. */
export const SELECT_CACHED_KEYS = 'SELECT key FROM embeddings WHERE key IN (SELECT value FROM json_each(?1))';

/** ?1: FTS5 expression. */
export const COUNT_MATCHES = 'SELECT count(*) AS count FROM passage_text WHERE passage_text MATCH ?1';

// `bm25()` asked for by name is about twice as quick as `ORDER BY rank`; a `+` keeps SQLite from
// running the whole expression anew for each row of the list.
const SCORED =
  'SELECT rowid AS key, -bm25(passage_text) AS score FROM passage_text WHERE passage_text MATCH ?1';

/** ?1: FTS5 expression, ?2: limit. */
export const SEARCH_TEXT = `${SCORED} ORDER BY score DESC LIMIT ?2`;

/** ?1: FTS5 expression, ?2: limit, ?3: document ids. */
export const SEARCH_TEXT_IN_DOCUMENTS = `${SCORED} AND +rowid IN (
    SELECT p.key FROM json_each(?3) AS wanted
    CROSS JOIN documents AS d ON d.id = wanted.value
    CROSS JOIN passages AS p ON p.document_key = d.key
  ) ORDER BY score DESC LIMIT ?2`;

/** ?1: FTS5 expression, ?2: limit, ?3: passage ids. */
export const SEARCH_TEXT_IN_PASSAGES = `${SCORED} AND +rowid IN (
    SELECT p.key FROM json_each(?3) AS wanted CROSS JOIN passages AS p ON p.id = wanted.value
  ) ORDER BY score DESC LIMIT ?2`;

/** ?1: FTS5 expression, ?2: passage keys. */
export const SCORE_KEYS = `${SCORED} AND +rowid IN (SELECT value FROM json_each(?2))`;

/** ?1: passage keys. */
export const SELECT_IDS_OF_KEYS =
  'SELECT key, id FROM passages WHERE key IN (SELECT value FROM json_each(?1))';
