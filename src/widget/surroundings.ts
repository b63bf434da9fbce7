/** A quote with what stands around it. */
export interface Excerpt {
  readonly before: string;
  readonly quote: string;
  readonly after: string;
}

/** Characters of context on either side. */
const AROUND = 220;

/**
 * The text around `[start, end)`, cut between words: of its paragraph, or of those beside it where it fills one.
 * Undefined when the text there is not the quote.
 */
export function surroundings(
  text: string,
  { quote, start, end }: { readonly quote: string; readonly start: number; readonly end: number },
): Excerpt | undefined {
  if (text.slice(start, end) !== quote) return undefined;
  return { before: before(text, start), quote, after: after(text, end) };
}

function before(text: string, start: number): string {
  const from = Math.max(0, start - AROUND);
  const context = text.slice(from, start);
  const own = context.slice(context.lastIndexOf('\n\n') + 1).trimStart();
  if (own !== '' && own.length < context.trimStart().length) return own;
  return from === 0 ? readable(context.trimStart()) : `… ${readable(context.replace(/^\S*\s+/, ''))}`;
}

function after(text: string, end: number): string {
  const to = Math.min(text.length, end + AROUND);
  const context = text.slice(end, to);
  const gap = context.indexOf('\n\n');
  const own = gap === -1 ? '' : context.slice(0, gap);
  if (own.trim() !== '') return own;
  return to === text.length ? readable(context.trimEnd()) : `${readable(context.replace(/\s+\S*$/, ''))} …`;
}

/** Without the marks of headings, and without empty lines. */
function readable(context: string): string {
  return context.replace(/^#{1,6}[ \t]+/gm, '').replace(/\n\s*\n/g, '\n');
}
