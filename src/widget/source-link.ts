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

/** Words by which the beginning and the end of a long quote are named. */
const AT_ENDS = 6;

/**
 * An address that opens a document at a quote: a web page by a text fragment
 * (https://wicg.github.io/scroll-to-text-fragment/), a PDF file by its page, and what has no address of its own on the
 * server's own page.
 */
export function sourceLink(quoted: Quoted, base: string): string {
  const { document_id, uri, start, end } = quoted;
  const url = /^https?:/i.test(uri) && URL.canParse(uri) && new URL(uri);
  if (!url) return `${base}/?document=${document_id}&start=${start}&end=${end}`;
  if (quoted.mediaType === 'application/pdf' || /\.pdf$/i.test(url.pathname)) {
    if (quoted.page) url.hash = `page=${quoted.page}`;
    return url.href;
  }
  const [address, fragment = ''] = url.href.split(/#|:~:/);
  return `${address}#${fragment}:~:${textDirective(quoted.quote)}`;
}

/** What a page shows in its own way: fences of code, marks of list items, and the lines between cells. */
const SHOWN_OTHERWISE = /^\s*(```.*|([-*]|\d+\.)\s)/gm;

/** `text=start,end`: a match must not cross a block of the page, so a text of several lines is named by its first and last. */
function textDirective(quote: string): string {
  const shown = quote.replace(SHOWN_OTHERWISE, '').trim();
  const lines = shown.split(/\s*\n\s*| \| /).map((line) => line.split(/\s+/));
  const [first = []] = lines;
  const last = lines.pop() ?? first;
  if (first === last && first.length < 2 * AT_ENDS) return `text=${encode(first)}`;
  return `text=${encode(first.slice(0, AT_ENDS))},${encode(last.slice(-AT_ENDS))}`;
}

/** A dash, a comma and an ampersand mean something within a directive; only the dash is left by `encodeURIComponent`. */
function encode(words: readonly string[]): string {
  return encodeURIComponent(words.join(' ')).replaceAll('-', '%2D');
}
