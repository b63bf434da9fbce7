import { IbidError } from '../../model/errors.ts';
import type { IndexedDocument } from '../../ports/passage-store.ts';
import { inSlices } from './in-slices.ts';
import { factsOf } from './metadata-facts.ts';
import { packSpans } from './passage-rows.ts';
import type { PassageText } from './passage-text.ts';
import type { Run, SqlValue, Transaction } from './run.ts';
import type { TextIndexWriter } from './text-index-writer.ts';

interface Rows {
  readonly documents: SqlValue[][];
  readonly metadata: SqlValue[][];
  readonly passages: SqlValue[][];
  readonly texts: PassageText[];
}

/** A document may be a book of thousands of passages, whose rows are all in memory at once. */
const DOCUMENTS_AT_ONCE = 20;

/** Inserts documents, none of which is there, with their passages; returns the ids of these. */
export async function writeDocuments(
  transaction: Transaction,
  textIndex: TextIndexWriter,
  documents: readonly IndexedDocument[],
): Promise<ReadonlySet<string>> {
  const written = new Set<string>();
  let documentKey = await nextKey(transaction.read, 'documents');
  let passageKey = await nextKey(transaction.read, 'passages');
  await inSlices(
    transaction,
    documents,
    async (slice) => {
      const rows: Rows = { documents: [], metadata: [], passages: [], texts: [] };
      for (const indexed of slice) {
        addRows(rows, indexed, documentKey, passageKey);
        for (const { id } of indexed.passages) written.add(id);
        documentKey += 1;
        passageKey += indexed.passages.length;
      }
      await insertAll(transaction, rows);
      await textIndex.add(rows.texts);
    },
    DOCUMENTS_AT_ONCE,
  );
  return written;
}

async function nextKey(read: Run, table: 'documents' | 'passages'): Promise<number> {
  const [row] = await read(`SELECT coalesce(max(key), 0) + 1 AS next FROM ${table}`);
  return Number(row?.next ?? 1);
}

function addRows(rows: Rows, indexed: IndexedDocument, documentKey: number, firstKey: number): void {
  const { document, origin, passages, embeddingKeys } = indexed;
  const { id, uri, title, mediaType, contentHash, metadata, text } = document;
  rows.documents.push([
    ...[documentKey, id, uri, title, mediaType, contentHash, origin, passages.length],
    ...[JSON.stringify(metadata), text],
  ]);
  for (const [name, value] of factsOf(metadata)) rows.metadata.push([name, value, documentKey]);
  for (const [index, passage] of passages.entries()) {
    const embeddingKey = embeddingKeys[index];
    if (embeddingKey === undefined) {
      throw new IbidError(
        'internal',
        `Passage ${passage.id} of ${uri} came without an embedding key. Please report this.`,
      );
    }
    const key = firstKey + index;
    rows.passages.push([
      ...[key, passage.id, documentKey, passage.ordinal, passage.start, passage.end, passage.page ?? null],
      ...[embeddingKey, JSON.stringify(passage.headings), packSpans(passage.sentences), passage.text],
    ]);
    rows.texts.push({ key, title, headings: passage.headings, text: passage.text });
  }
}

async function insertAll({ insert }: Transaction, rows: Rows): Promise<void> {
  await insert(
    `INSERT INTO documents
      (key, id, uri, title, media_type, content_hash, origin, passage_count, metadata, text)`,
    rows.documents,
  );
  await insert('INSERT INTO document_metadata (name, value, document_key)', rows.metadata);
  await insert(
    `INSERT INTO passages
      (key, id, document_key, ordinal, start_offset, end_offset, page, embedding_key, headings, sentences, text)`,
    rows.passages,
  );
}
