/** A quote with what stands around it. */
export interface Excerpt {
  readonly before: string;
  readonly quote: string;
  readonly after: string;
}

/** Characters of context on either side. */
const AROUND = 220;
const GAP = '\n\n';

/**
 * The text around `[start, end)`, cut between words: that of its paragraph, or of its neighbours where the quote is
 * one. Undefined when the text there is not the quote.
 */
export function surroundings(
  text: string,
  { quote, start, end }: { readonly quote: string; readonly start: number; readonly end: number },
): Excerpt | undefined {
  if (text.slice(start, end) !== quote) return undefined;
  const before = contextBefore(text, start);
  const after = contextAfter(text, end);
  const gap = before.lastIndexOf(GAP);
  const own = {
    before: gap === -1 ? before : before.slice(gap + GAP.length),
    after: after.split(GAP, 1)[0] ?? '',
  };
  if ((own.before + own.after).trim() !== '') return { ...own, quote };
  return { before: readable(before), quote, after: readable(after) };
}

function contextBefore(text: string, start: number): string {
  const context = text.slice(Math.max(0, start - AROUND), start);
  return start <= AROUND ? context.trimStart() : `… ${context.replace(/^\S*\s+/, '')}`;
}

function contextAfter(text: string, end: number): string {
  const context = text.slice(end, end + AROUND);
  return end + AROUND >= text.length ? context.trimEnd() : `${context.replace(/\s+\S*$/, '')} …`;
}

/** Without the marks of headings, and without empty lines. */
function readable(context: string): string {
  return context.replace(/^#{1,6}[ \t]+/gm, '').replace(/\n\s*\n/g, '\n');
}
