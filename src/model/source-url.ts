import type { Citation } from './citation.ts';

type Cited = Pick<Citation, 'uri' | 'documentId' | 'quote' | 'page'>;

/**
 * An address that shows the quote in its source: a web page or PDF at its own address, any other document as this server
 * (`origin`, such as `https://docs.example.org`) shows its text. Browsers scroll to the quote and mark it
 * (https://wicg.github.io/scroll-to-text-fragment).
 */
export function sourceUrl(cited: Cited, origin: string): string {
  const { uri, documentId, quote, page } = cited;
  if (!/^https?:\/\//i.test(uri)) return `${origin}/v1/documents/${documentId}#${textDirective(quote)}`;
  if (page !== undefined && /\.pdf$/i.test(uri.replace(/[?#].*$/, '')))
    return `${beforeHash(uri)}#page=${page}`;
  return `${uri}${uri.includes('#') ? '' : '#'}${textDirective(quote)}`;
}

const LONGEST_WHOLE = 80;
const LONGEST_EDGE = 40;

/** What a page shows in its own way: fences of code, marks of list items, and the lines between cells. */
const SHOWN_OTHERWISE = /^\s*(?:`{3,}.*|~{3,}.*|(?:[-*+•]|\d{1,3}[.)])\s)/gm;

/** Short quotes are named whole, others by how they begin and end: such a range may also span paragraphs and cells. */
function textDirective(quote: string): string {
  const shown = quote.replace(SHOWN_OTHERWISE, '').replaceAll(' | ', '\n').trim();
  const lines = (shown || quote.trim()).split(/\s*\n\s*/);
  const [first = '', last = first] = [lines[0], lines.at(-1)].map((line) => line?.replace(/\s+/g, ' '));
  if (lines.length === 1 && first.length <= LONGEST_WHOLE) return `:~:text=${encode(first)}`;
  const start = edge(first.split(' '));
  const end = edge(last.split(' ').reverse()).split(' ').reverse().join(' ');
  return `:~:text=${encode(start)},${encode(end)}`;
}

/** The first words, as many as fit; text without spaces is cut. */
function edge(words: readonly string[]): string {
  let joined = words[0] ?? '';
  for (const word of words.slice(1)) {
    if (joined.length + word.length >= LONGEST_EDGE) break;
    joined += ` ${word}`;
  }
  return joined.length > LONGEST_EDGE && !joined.includes(' ') ? joined.slice(0, LONGEST_EDGE) : joined;
}

/** `-` separates the parts of a directive, as `,` and `&` do; half a character, left by a cut, goes. */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '')).replaceAll('-', '%2D');
}

function beforeHash(uri: string): string {
  return uri.replace(/#.*$/, '');
}
