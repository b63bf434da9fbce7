import type { Document } from '@langchain/core/documents';
import type { LoadedDocument, Metadata, MetadataValue, PageMark } from '../../model/document.ts';
import { normaliseText } from '../../model/normalise.ts';

/** Told elsewhere: in the title, the uri and the page marks; a source may also be a path of this machine. */
const TOLD_ELSEWHERE = new Set(['title', 'source', 'loc']);
const LONGEST_TITLE = 120;

/** One document of LangChain's parts, which are the pages of it when there are several. */
export function toLoadedDocument(uri: string, parts: readonly Document[]): LoadedDocument {
  const { text, pages } = joinPages(parts);
  const [first] = parts;
  return {
    uri,
    title: titleOf(first?.metadata.title) ?? titleOf(text.slice(0, text.search(/\n|$/))) ?? uri,
    mediaType: 'text/plain',
    text,
    metadata: metadataOf(first?.metadata ?? {}),
    structure: { headings: [], pages, atoms: [] },
  };
}

/** Counted from 1; undefined for what is no page. */
export function pageNumberOf({ metadata }: Document): number | undefined {
  const { loc } = metadata;
  const number: unknown = typeof loc === 'object' && loc !== null ? loc.pageNumber : undefined;
  return typeof number === 'number' && Number.isInteger(number) && number > 0 ? number : undefined;
}

/** Pieces of one page follow each other in the order that the loader gave them; a page without words gets no mark. */
function joinPages(parts: readonly Document[]): { text: string; pages: PageMark[] } {
  const inOrder = parts.toSorted((a, b) => (pageNumberOf(a) ?? 0) - (pageNumberOf(b) ?? 0));
  const pages: PageMark[] = [];
  let text = '';
  for (const part of inOrder) {
    const piece = normaliseText(part.pageContent)
      .replace(/^\s*\n/, '')
      .trimEnd();
    if (piece === '') continue;
    const before = text === '' ? '' : `${text}\n`;
    const number = pageNumberOf(part);
    if (number !== undefined && pages.at(-1)?.number !== number) pages.push({ start: before.length, number });
    text = before + piece;
  }
  return { text, pages };
}

function titleOf(candidate: unknown): string | undefined {
  if (typeof candidate !== 'string') return undefined;
  const title = normaliseText(candidate).replace(/\s+/g, ' ').trim();
  return title === '' || title.length > LONGEST_TITLE ? undefined : title;
}

/** Scalars and lists of strings, which are what a filter can ask for. */
function metadataOf(given: Record<string, unknown>): Metadata {
  const kept: Record<string, MetadataValue> = {};
  for (const [key, value] of Object.entries(given)) {
    const fact = TOLD_ELSEWHERE.has(key) ? undefined : factOf(value);
    if (fact !== undefined) kept[normaliseText(key)] = fact;
  }
  return kept;
}

function factOf(value: unknown): MetadataValue | undefined {
  if (typeof value === 'string') return normaliseText(value);
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value;
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.every((item) => typeof item === 'string') ? value.map(normaliseText) : undefined;
}
