import type { InValue } from '@libsql/client';
import { IbidError } from '../../model/errors.ts';
import type { IndexedDocument } from '../../ports/passage-store.ts';
import { factsOf } from '../sql/metadata-facts.ts';
import { packSpans } from '../sql/passage-rows.ts';
import type { Run } from './connection.ts';
import { inSlices } from './in-slices.ts';
import { insertRows } from './insert-rows.ts';
import type { PassageText } from './passage-text.ts';
import type { PassageKeys } from './remove-documents.ts';
import type { TextIndexWriter } from './text-index-writer.ts';

interface Rows {
  readonly documents: InValue[][];
  readonly metadata: InValue[][];
  readonly passages: InValue[][];
  readonly texts: PassageText[];
}

/** A document may be a book of thousands of passages, whose rows are all in memory at once. */
const DOCUMENTS_AT_ONCE = 20;

/** Inserts documents, none of which is there, with their passages; returns these. */
export async function writeDocuments(
  run: Run,
  textIndex: TextIndexWriter,
  documents: readonly IndexedDocument[],
): Promise<PassageKeys> {
  const written = new Map<string, string>();
  let documentKey = await nextKey(run, 'documents');
  let passageKey = await nextKey(run, 'passages');
  await inSlices(
    documents,
    async (slice) => {
      const rows: Rows = { documents: [], metadata: [], passages: [], texts: [] };
      for (const indexed of slice) {
        for (const keys of addRows(rows, indexed, documentKey, passageKey)) written.set(...keys);
        documentKey += 1;
        passageKey += indexed.passages.length;
      }
      await insertAll(run, rows);
      await textIndex.add(rows.texts);
    },
    DOCUMENTS_AT_ONCE,
  );
  return written;
}

async function nextKey(run: Run, table: 'documents' | 'passages'): Promise<number> {
  const [row] = await run(`SELECT coalesce(max(key), 0) + 1 AS next FROM ${table}`);
  return Number(row?.next ?? 1);
}

function addRows(
  rows: Rows,
  indexed: IndexedDocument,
  documentKey: number,
  firstKey: number,
): [string, string][] {
  const { document, origin, passages, embeddingKeys } = indexed;
  const { id, uri, title, mediaType, contentHash, metadata, text } = document;
  rows.documents.push([
    ...[documentKey, id, uri, title, mediaType, contentHash, origin, passages.length],
    ...[JSON.stringify(metadata), text],
  ]);
  for (const [name, value] of factsOf(metadata)) rows.metadata.push([name, value, documentKey]);
  return passages.map((passage, index) => {
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
    return [passage.id, embeddingKey];
  });
}

async function insertAll(run: Run, rows: Rows): Promise<void> {
  await insertRows(
    run,
    `INSERT INTO documents
      (key, id, uri, title, media_type, content_hash, origin, passage_count, metadata, text)`,
    rows.documents,
  );
  await insertRows(run, 'INSERT INTO document_metadata (name, value, document_key)', rows.metadata);
  await insertRows(
    run,
    `INSERT INTO passages
      (key, id, document_key, ordinal, start_offset, end_offset, page, embedding_key, headings, sentences, text)`,
    rows.passages,
  );
}
