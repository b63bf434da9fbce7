import type { Citation } from './citation.ts';

/** An answer's text with `[1]`, `[2]` … behind each sentence, for the citations that prove it. */
export function withMarkers(text: string, citations: readonly Citation[]): string {
  const ends = [...new Set(citations.map(({ answerEnd }) => answerEnd))].sort((a, b) => a - b);
  let marked = '';
  let cursor = 0;
  for (const end of ends) {
    const markers = citations.filter(({ answerEnd }) => answerEnd === end).map(({ marker }) => `[${marker}]`);
    const sentence = text.slice(cursor, end);
    marked += sentence + gapBeforeMarkers(sentence) + [...new Set(markers)].join('');
    cursor = end;
  }
  return marked + text.slice(cursor);
}

/** What parts a sentence from its markers: behind the fence that closes code nothing else may stand. */
export function gapBeforeMarkers(sentence: string): string {
  return /\n[^\S\n]*(?:`{3,}|~{3,})$/.test(sentence) ? '\n' : ' ';
}

/** The first citation of each marker, in the order of markers: what a list of quotes shows. */
export function firstOfEachMarker(citations: readonly Citation[]): Citation[] {
  const first = new Map<number, Citation>();
  for (const citation of citations) if (!first.has(citation.marker)) first.set(citation.marker, citation);
  return [...first.values()].sort((a, b) => a.marker - b.marker);
}
