import type { Heading, PageMark, Span, Structure } from '../../model/document.ts';
import { normaliseText } from '../../model/normalise.ts';

/** What stands between two pieces: nothing, a space, a line end, or a blank line. */
export type Joiner = '' | ' ' | '\n' | '\n\n';

/** Builds a normalised text piece by piece, so that the offsets of its structure refer to the final text. */
export interface TextBuilder {
  /** Appends text; `joiner` (a blank line by default) parts it from what stands before. */
  add(text: string, joiner?: Joiner): void;
  /** Appends a heading on a line of its own. */
  heading(level: number, title: string): void;
  /** Appends text that must not be split into sentences. */
  atom(text: string, joiner?: Joiner): void;
  /** What is added next begins page `number`; a page that gets no text gets no mark. */
  page(number: number): void;
  build(): { readonly text: string; readonly structure: Structure };
}

/**
 * Each piece is normalised as it arrives. That equals normalising the whole, since pieces join at white space
 * (`''` is for mending hyphens, between letters only).
 */
export function createTextBuilder(): TextBuilder {
  const pieces: string[] = [];
  const headings: Heading[] = [];
  const pages: PageMark[] = [];
  const atoms: Span[] = [];
  let length = 0;
  let nextPage: number | undefined;

  const append = (text: string, joiner: Joiner): Span | undefined => {
    const piece = normaliseText(text).replace(/^\s*\n|\s+$/g, '');
    if (piece.trim() === '') return undefined;
    const glue = length === 0 ? '' : joiner;
    const start = length + glue.length;
    pieces.push(glue, piece);
    length = start + piece.length;
    if (nextPage !== undefined) pages.push({ start, number: nextPage });
    nextPage = undefined;
    return { start, end: length };
  };

  return {
    add: (text, joiner = '\n\n') => {
      append(text, joiner);
    },
    heading: (level, title) => {
      const line = normaliseText(title).replace(/\s+/g, ' ').trim();
      const span = append(line, '\n\n');
      if (span) headings.push({ ...span, level: Math.min(6, Math.max(1, level)), title: line });
    },
    atom: (text, joiner = '\n\n') => {
      const span = append(text, joiner);
      if (span) atoms.push(span);
    },
    page: (number) => {
      nextPage = number;
    },
    build: () => ({ text: pieces.join(''), structure: { headings, pages, atoms } }),
  };
}
