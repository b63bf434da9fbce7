import type { Heading, Span } from '../model/document.ts';

/** Text under one heading, up to the next. `path` holds the titles it stands under, outermost first. */
export interface Section extends Span {
  readonly path: readonly string[];
}

/**
 * The sections of a text that hold anything, in order. Heading lines are in none, except where a heading has neither text nor
 * deeper headings under it: it then is a section itself, under the headings above it.
 */
export function sectionsOf(text: string, headings: readonly Heading[]): Section[] {
  const sections: Section[] = [];
  const add = (start: number, end: number, path: readonly string[]): boolean => {
    if (text.slice(start, end).trim() === '') return false;
    sections.push({ start, end, path });
    return true;
  };
  add(0, headings[0]?.start ?? text.length, []);
  const open: Heading[] = [];
  headings.forEach((heading, index) => {
    while ((open.at(-1)?.level ?? 0) >= heading.level) open.pop();
    const above = open.map(({ title }) => title);
    open.push(heading);
    const next = headings[index + 1];
    const filled = add(heading.end, next?.start ?? text.length, [...above, heading.title]);
    const leads = next !== undefined && next.level > heading.level;
    if (!filled && !leads) add(heading.start, heading.end, above);
  });
  return sections;
}
