import type { Document, Metadata, Span } from '../../model/document.ts';
import type { IndexManifest } from '../../model/manifest.ts';
import type { Passage } from '../../model/passage.ts';
import type { DocumentSummary, StoredPassage } from '../../ports/passage-store.ts';
import { unpackEmbedding } from './pack-embedding.ts';

/** A row as any SQL client gives it, by column name. */
export type SqlRow = Readonly<Record<string, unknown>>;

export function toManifest(row: SqlRow): IndexManifest {
  return {
    embedderId: String(row.embedder_id),
    dimensions: Number(row.dimensions),
    pooling: String(row.pooling),
    splitterVersion: String(row.splitter_version),
    generation: Number(row.generation),
  };
}

export function toDocument(row: SqlRow): Document {
  return {
    id: String(row.id),
    uri: String(row.uri),
    title: String(row.title),
    mediaType: String(row.media_type),
    text: String(row.text),
    contentHash: String(row.content_hash),
    metadata: parseMetadata(row.metadata),
  };
}

export function toDocumentSummary(row: SqlRow): DocumentSummary {
  return {
    id: String(row.id),
    uri: String(row.uri),
    title: String(row.title),
    mediaType: String(row.media_type),
    contentHash: String(row.content_hash),
    metadata: parseMetadata(row.metadata),
    origin: String(row.origin),
    passageCount: Number(row.passage_count),
  };
}

/** What SELECT_PASSAGES gives as `facts`. */
type PassageColumns = [
  id: string,
  documentId: string,
  ordinal: number,
  start: number,
  end: number,
  page: number | null,
  headings: string[],
  text: string,
  documentTitle: string,
  documentUri: string,
];

export function toStoredPassage(row: SqlRow): StoredPassage {
  const [id, documentId, ordinal, start, end, page, headings, text, documentTitle, documentUri] = JSON.parse(
    String(row.facts),
  ) as PassageColumns;
  const sentences = unpackSpans(row.sentences as ArrayBuffer);
  const passage: Passage = { id, documentId, ordinal, start, end, text, headings, sentences };
  return {
    passage: page === null ? passage : { ...passage, page },
    documentTitle,
    documentUri,
    embedding: unpackEmbedding(row.vector as ArrayBuffer, row.sentence_vectors as ArrayBuffer),
  };
}

/** Spans as pairs of 32-bit numbers. */
export function packSpans(spans: readonly Span[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(spans.flatMap(({ start, end }) => [start, end])).buffer);
}

function unpackSpans(blob: ArrayBuffer): Span[] {
  const numbers = new Uint32Array(blob);
  return Array.from({ length: numbers.length / 2 }, (_, index) => ({
    start: numbers[index * 2] as number,
    end: numbers[index * 2 + 1] as number,
  }));
}

function parseMetadata(json: unknown): Metadata {
  return JSON.parse(String(json)) as Metadata;
}
