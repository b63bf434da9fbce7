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

export function toStoredPassage(row: SqlRow): StoredPassage {
  const passage: Passage = {
    id: String(row.id),
    documentId: String(row.document_id),
    ordinal: Number(row.ordinal),
    start: Number(row.start_offset),
    end: Number(row.end_offset),
    text: String(row.text),
    headings: JSON.parse(String(row.headings)) as string[],
    sentences: unpackSpans(row.sentences as ArrayBuffer),
  };
  return {
    passage: row.page === null ? passage : { ...passage, page: Number(row.page) },
    documentTitle: String(row.document_title),
    documentUri: String(row.document_uri),
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
