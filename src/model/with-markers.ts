import type { Citation } from './citation.ts';

/** An answer's text with `[1]`, `[2]` … behind each sentence, for the citations that prove it. */
export function withMarkers(text: string, citations: readonly Citation[]): string {
  const ends = [...new Set(citations.map(({ answerEnd }) => answerEnd))].sort((a, b) => a - b);
  let marked = '';
  let cursor = 0;
  for (const end of ends) {
    const markers = citations.filter(({ answerEnd }) => answerEnd === end).map(({ marker }) => `[${marker}]`);
    marked += `${text.slice(cursor, end)} ${[...new Set(markers)].join('')}`;
    cursor = end;
  }
  return marked + text.slice(cursor);
}

/** The first citation of each marker, in the order of markers: what a list of quotes shows. */
export function firstOfEachMarker(citations: readonly Citation[]): Citation[] {
  const first = new Map<number, Citation>();
  for (const citation of citations) if (!first.has(citation.marker)) first.set(citation.marker, citation);
  return [...first.values()].sort((a, b) => a.marker - b.marker);
}
