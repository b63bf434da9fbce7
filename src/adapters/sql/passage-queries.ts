/**
 * What the passage store reads. Lists travel as one JSON parameter and are opened by `json_each`,
 * so that no statement grows with its input and none needs more than D1's 100 parameters.
 */
export const SELECT_MANIFEST = 'SELECT * FROM manifest';

export const SELECT_GENERATION = 'SELECT generation FROM manifest';

export const COUNT_DOCUMENTS =
  'SELECT (SELECT count(*) FROM documents) AS documents, (SELECT count(*) FROM passages) AS passages';

export const SELECT_DOCUMENT = 'SELECT * FROM documents WHERE id = ?1';

const SUMMARY_COLUMNS = 'id, uri, title, media_type, content_hash, origin, passage_count, metadata';

/** ?1: uri to start after, ?2: limit. */
export const LIST_DOCUMENTS = `SELECT ${SUMMARY_COLUMNS} FROM documents WHERE uri > ?1 ORDER BY uri LIMIT ?2`;

/** ?1: uris; ?2: uri to start after, ?3: limit. */
export const SELECT_SUMMARIES = `SELECT ${SUMMARY_COLUMNS} FROM documents
  WHERE uri IN (SELECT value FROM json_each(?1)) AND uri > ?2 ORDER BY uri LIMIT ?3`;

/** Keys of documents that have, for each of the ?2 names in ?1 (pairs of name and value), one of its values. */
const FILTERED_KEYS = `SELECT m.document_key FROM json_each(?1) AS wanted
  CROSS JOIN document_metadata AS m ON m.name = wanted.value ->> 0 AND m.value = wanted.value ->> 1
  GROUP BY m.document_key HAVING count(DISTINCT m.name) = ?2`;

/** ?1, ?2: see FILTERED_KEYS; ?3: uri to start after, ?4: limit. */
export const LIST_FILTERED_DOCUMENTS = `SELECT ${SUMMARY_COLUMNS} FROM documents
  WHERE uri > ?3 AND key IN (${FILTERED_KEYS}) ORDER BY uri LIMIT ?4`;

export const MATCH_DOCUMENTS = `SELECT id FROM documents WHERE key IN (${FILTERED_KEYS})`;

export const ALL_DOCUMENT_IDS = 'SELECT id FROM documents';

/** ?1: document id. */
export const SELECT_PASSAGE_IDS = `SELECT p.id FROM documents AS d CROSS JOIN passages AS p ON p.document_key = d.key
  WHERE d.id = ?1 ORDER BY p.ordinal`;

/** ?1: passage ids. Numbers and texts come as one JSON array, in the order of `PassageColumns`, since a column costs the client more than its content. */
export const SELECT_PASSAGES = `SELECT json_array(p.id, d.id, p.ordinal, p.start_offset, p.end_offset, p.page,
      json(p.headings), p.text, d.title, d.uri) AS facts,
    p.sentences, e.vector, e.sentences AS sentence_vectors
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

/** ?1: terms. One row for each block of a term's postings. */
export const SELECT_POSTINGS = `SELECT m.generation, wanted.value AS term, p.block, p.passages, p.list
  FROM manifest AS m CROSS JOIN json_each(?1) AS wanted
  CROSS JOIN postings AS p ON p.term = wanted.value`;

/** ?1: terms. */
export const SELECT_FREQUENCIES = `SELECT p.term, sum(p.passages) AS passages
  FROM json_each(?1) AS wanted CROSS JOIN postings AS p ON p.term = wanted.value GROUP BY p.term`;

/** ?1, ?2: the range of terms; ?3, ?4: their length. One row, as below. */
export const SELECT_TERMS = `SELECT json_group_object(term, passages) AS terms
  FROM (SELECT term, sum(passages) AS passages FROM postings
    WHERE term >= ?1 AND term < ?2 AND length(term) BETWEEN ?3 AND ?4 GROUP BY term) AS found`;

/** Lists as JSON in one row, since a row costs the client more than SQLite. Both tables are read from narrow B-trees. */
export const SELECT_PASSAGE_FACTS = `SELECT m.generation, i.id_keys, i.ids, l.length_keys, l.lengths
  FROM manifest AS m
  CROSS JOIN (SELECT json_group_array(key) AS id_keys, json_group_array(id) AS ids FROM passages) AS i
  CROSS JOIN (SELECT json_group_array(passage_key) AS length_keys, json_group_array(terms) AS lengths FROM passage_lengths) AS l`;

/** ?1: document ids. */
export const SELECT_KEYS_OF_DOCUMENTS = `SELECT m.generation, (
    SELECT json_group_array(p.key) FROM json_each(?1) AS wanted
    CROSS JOIN documents AS d ON d.id = wanted.value
    CROSS JOIN passages AS p ON p.document_key = d.key
  ) AS keys FROM manifest AS m`;

/** ?1: passage ids. */
export const SELECT_KEYS_OF_PASSAGES = `SELECT m.generation, (
    SELECT json_group_array(p.key) FROM json_each(?1) AS wanted CROSS JOIN passages AS p ON p.id = wanted.value
  ) AS keys FROM manifest AS m`;
