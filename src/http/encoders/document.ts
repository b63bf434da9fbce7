import type { IngestReport } from '../../ingest/report.ts';
import type { Document, Metadata } from '../../model/document.ts';
import type { DocumentSummary } from '../../ports/passage-store.ts';

export function encodeDocument(document: Document) {
  return { ...encodeIdentity(document), text: document.text };
}

export function encodeDocumentSummary(summary: DocumentSummary) {
  const { origin, contentHash, passageCount } = summary;
  return { ...encodeIdentity(summary), origin, content_hash: contentHash, passages: passageCount };
}

export function encodeIngestReport(report: IngestReport) {
  return {
    added: report.added,
    changed: report.changed,
    removed: report.removed,
    unchanged: report.unchanged,
    failed: report.failed.map(({ uri, message }) => ({ uri, message })),
    embedded_passages: report.embeddedPassages,
    reused_passages: report.reusedPassages,
    generation: report.generation,
    elapsed_ms: report.elapsedMs,
  };
}

function encodeIdentity(document: Document | DocumentSummary) {
  const { id, uri, title, mediaType } = document;
  return { id, uri, title, media_type: mediaType, metadata: encodeMetadata(document.metadata) };
}

function encodeMetadata(metadata: Metadata) {
  return Object.fromEntries(
    Object.entries(metadata).map(([key, value]) => [key, Array.isArray(value) ? [...value] : value]),
  ) as Record<string, string | number | boolean | string[]>;
}
