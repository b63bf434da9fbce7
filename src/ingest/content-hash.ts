import type { LoadedDocument } from '../model/document.ts';
import { sha256Hex } from '../model/hash.ts';

/**
 * SHA-256 of all that a document's index entry depends on: text, title, structure, metadata, media type, and the splitter that
 * cuts it, so that another splitter makes every document a changed one.
 */
export function contentHash(document: LoadedDocument, splitterVersion: string): Promise<string> {
  const { text, title, structure, metadata, mediaType } = document;
  const { headings, pages, atoms } = structure;
  const facts = Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256Hex(
    JSON.stringify([
      splitterVersion,
      mediaType,
      title,
      facts,
      headings.map(({ start, end, level, title: words }) => [start, end, level, words]),
      pages.map(({ start, number }) => [start, number]),
      atoms.map(({ start, end }) => [start, end]),
      text,
    ]),
  );
}
