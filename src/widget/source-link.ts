/** What a quote is quoted from, as far as a link to it needs. */
interface Quoted {
  readonly document_id: string;
  readonly uri: string;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  readonly page?: number | undefined;
  /** Where it is known; else the address tells. */
  readonly mediaType?: string;
}

/** Longest quote that is named whole; of longer ones the first and last words are. */
const WHOLE_UP_TO = 120;
const WORDS_AT_ENDS = 6;

/**
 * An address that opens a document at a quote: a web page by a text fragment
 * (https://wicg.github.io/scroll-to-text-fragment/), a PDF file by its page, and what has no address of its own on the
 * server's own page.
 */
export function sourceLink(quoted: Quoted, base: string): string {
  const url = webAddress(quoted.uri);
  if (url === undefined) {
    const { document_id, start, end } = quoted;
    return `${base}/?${new URLSearchParams({ document: document_id, start: `${start}`, end: `${end}` })}`;
  }
  if (quoted.mediaType === 'application/pdf' || /\.pdf$/i.test(url.pathname)) {
    if (quoted.page !== undefined) url.hash = `page=${quoted.page}`;
    return url.href;
  }
  const [fragment = ''] = url.hash.slice(1).split(':~:');
  url.hash = '';
  return `${url.href.replace(/#$/, '')}#${fragment}:~:${textDirective(quoted.quote)}`;
}

/** `text=start,end`: a match of a whole text must not cross a block of the page, so a text of several lines is named by its ends. */
function textDirective(quote: string): string {
  const words = quote.trim().split(/\s+/);
  const ends = quote.length > WHOLE_UP_TO || quote.trim().includes('\n');
  if (!ends || words.length < 2) return `text=${encode(words.join(' '))}`;
  const count = Math.min(WORDS_AT_ENDS, Math.floor(words.length / 2));
  return `text=${encode(words.slice(0, count).join(' '))},${encode(words.slice(-count).join(' '))}`;
}

/** A dash, a comma and an ampersand mean something within a directive; only the dash is left by `encodeURIComponent`. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll('-', '%2D');
}

function webAddress(uri: string): URL | undefined {
  if (!URL.canParse(uri)) return undefined;
  const url = new URL(uri);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
}
