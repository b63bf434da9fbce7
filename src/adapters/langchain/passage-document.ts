import { Document } from '@langchain/core/documents';
import type { Passage } from '../../model/passage.ts';

/** Where a passage stands: `text.slice(start, end)` of the document's text is the page content. */
export interface PassageMetadata extends Record<string, unknown> {
  readonly passageId: string;
  readonly documentId: string;
  readonly uri: string;
  readonly title: string;
  readonly start: number;
  readonly end: number;
  readonly headings: readonly string[];
  readonly page?: number;
  readonly score: number;
}

/** A passage as a LangChain document, its id the passage's. `score` is a similarity, higher is better. */
export function toLangChainDocument(
  found: { readonly passage: Passage; readonly documentTitle: string; readonly documentUri: string },
  score: number,
): Document<PassageMetadata> {
  const { id, documentId, start, end, text, headings, page } = found.passage;
  return new Document({
    id,
    pageContent: text,
    metadata: {
      ...{ passageId: id, documentId, uri: found.documentUri, title: found.documentTitle },
      ...{ start, end, headings, score },
      ...(page === undefined ? {} : { page }),
    },
  });
}
