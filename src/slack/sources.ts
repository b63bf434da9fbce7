import type { RichTextBlock, RichTextElement, RichTextQuote, RichTextSection } from '@slack/types';
import type { Citation } from '../model/citation.ts';
import type { Hit } from '../model/passage.ts';
import { escapeMrkdwn, mrkdwnLink } from './escape.ts';
import { ROOM } from './limits.ts';
import { splitText } from './split-text.ts';

/** A place in a document, and what stands there. */
export interface Source {
  /** The number in the text; a passage that only came close has none. */
  readonly marker?: number;
  readonly documentId: string;
  readonly title: string;
  readonly uri: string;
  readonly headings: readonly string[];
  readonly page?: number;
  readonly quote: string;
  /** Where the quote stands in the document's text. */
  readonly start: number;
  readonly end: number;
}

/** Address of a source, when people can open it. */
export type LinkOf = (source: Source) => string | undefined;

const LONGEST_TITLE = 150;

/** One source a quote: a quote that proves two sentences has one number. */
export function sourcesOf(citations: readonly Citation[]): Source[] {
  const byMarker = new Map(citations.map((citation) => [citation.marker, citation]));
  return [...byMarker.values()].sort((one, other) => one.marker - other.marker);
}

/** Passages that came closest to an answer, as sources without a number. */
export function sourcesOfHits(hits: readonly Hit[]): Source[] {
  return hits.map(({ passage, documentTitle: title, documentUri: uri }) => ({
    ...{ documentId: passage.documentId, title, uri, headings: passage.headings },
    ...{ quote: passage.text, start: passage.start, end: passage.end },
    ...(passage.page === undefined ? {} : { page: passage.page }),
  }));
}

/**
 * A source as rich text, in which nothing is markup: the quote is read as it stands in the document. A long quote goes on in further
 * blocks and is never cut.
 */
export function toRichText(source: Source, linkOf: LinkOf): RichTextBlock[] {
  const [first = '', ...rest] = splitText(source.quote, ROOM.piece);
  return [
    { type: 'rich_text', elements: [headingOf(source, linkOf(source)), quoteOf(first)] },
    ...rest.map((piece): RichTextBlock => ({ type: 'rich_text', elements: [quoteOf(piece)] })),
  ];
}

/** The same as a line of mrkdwn. */
export function toMrkdwnLine(source: Source, linkOf: LinkOf): string {
  const url = linkOf(source);
  const title = shorten(source.title);
  const name = url === undefined ? escapeMrkdwn(title) : mrkdwnLink(url, title);
  return `${numberOf(source)}${name}${escapeMrkdwn(placeOf(source))}: “${escapeMrkdwn(source.quote)}”`;
}

function headingOf(source: Source, url: string | undefined): RichTextSection {
  const title = shorten(source.title);
  return {
    type: 'rich_text_section',
    elements: [
      ...(source.marker === undefined
        ? []
        : [{ type: 'text', text: numberOf(source), style: { bold: true } } as const]),
      ...(url === undefined
        ? literal(title).map((element) => ({ ...element, style: { bold: true } }))
        : [{ type: 'link', url, text: title } as const]),
      ...literal(placeOf(source)),
    ],
  };
}

function quoteOf(text: string): RichTextQuote {
  return { type: 'rich_text_quote', elements: literal(text) };
}

/** Rich text is never parsed; were it flattened to mrkdwn all the same, a `<!channel>` in a document must not ring everyone. */
function literal(text: string): (RichTextElement & { type: 'text' })[] {
  return text
    .split(/(?<=<)(?=[!@#])/)
    .filter((part) => part !== '')
    .map((part) => ({ type: 'text', text: part }));
}

function numberOf({ marker }: Source): string {
  return marker === undefined ? '' : `[${marker}] `;
}

/** The innermost heading, unless it only repeats the title, and the page. */
function placeOf({ headings, title, page }: Source): string {
  const heading = headings.at(-1);
  const parts = [
    ...(heading === undefined || heading === title ? [] : [shorten(heading)]),
    ...(page === undefined ? [] : [`page ${page}`]),
  ];
  return parts.map((part) => ` › ${part}`).join('');
}

function shorten(text: string): string {
  return text.length <= LONGEST_TITLE ? text : `${(splitText(text, LONGEST_TITLE - 1)[0] ?? '').trimEnd()}…`;
}
