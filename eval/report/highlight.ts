import type { Span } from '../../src/model/document.ts';
import { escapeMarkup } from './escape-markup.ts';

/** Characters of the document shown on each side of what is marked. */
const AROUND = 220;

/** What is marked in a document: quotes of the answer, and gold text. */
export interface Marks {
  readonly quotes: readonly Span[];
  readonly golds: readonly Span[];
}

/** A document's text as escaped HTML: marks with their surroundings, or its beginning where nothing is marked. */
export function highlight(text: string, { quotes, golds }: Marks): string {
  const marked = [...quotes, ...golds].filter((span) => span.start < span.end && span.end <= text.length);
  const windows =
    marked.length === 0 ? [{ start: 0, end: Math.min(text.length, 2 * AROUND) }] : windowsOf(text, marked);
  const parts = windows.map((window) => paint(text, window, { quotes, golds }));
  const lead = (windows[0]?.start ?? 0) > 0 ? '… ' : '';
  const tail = (windows.at(-1)?.end ?? 0) < text.length ? ' …' : '';
  return `${lead}${parts.join(' … ')}${tail}`;
}

function windowsOf(text: string, spans: readonly Span[]): Span[] {
  const windows: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const start = Math.max(0, span.start - AROUND);
    const end = Math.min(text.length, span.end + AROUND);
    const last = windows.at(-1);
    if (last && start <= last.end)
      windows[windows.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    else windows.push({ start, end });
  }
  return windows;
}

function paint(text: string, window: Span, { quotes, golds }: Marks): string {
  const cuts = [window, ...quotes, ...golds].flatMap(({ start, end }) => [start, end]);
  const edges = [...new Set(cuts)]
    .filter((cut) => cut >= window.start && cut <= window.end)
    .sort((a, b) => a - b);
  return edges
    .slice(0, -1)
    .map((start, index) => {
      const end = edges[index + 1] ?? start;
      const piece = escapeMarkup(text.slice(start, end));
      const within = (span: Span) => span.start <= start && end <= span.end;
      const classes = [...(quotes.some(within) ? ['quote'] : []), ...(golds.some(within) ? ['gold'] : [])];
      return classes.length === 0 ? piece : `<mark class="${classes.join(' ')}">${piece}</mark>`;
    })
    .join('');
}
