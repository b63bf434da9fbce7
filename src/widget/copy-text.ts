import type { Citation } from '../client/client.ts';
import { placeOf } from './place-of.ts';
import { sourceLink } from './source-link.ts';

/** An answer as plain text: its sentences with their numbers, and below them the quotes with where they stand. */
export function copyText(
  { text, citations }: { readonly text: string; readonly citations: readonly Citation[] },
  { base, page }: { readonly base: string; readonly page: string },
): string {
  const sources = bySource(citations).map((citation) => {
    const where = [citation.title, placeOf(citation, page)].filter((part) => part !== '').join(', ');
    return `[${citation.marker}] ${where}: “${citation.quote}”\n    ${sourceLink(citation, base)}`;
  });
  return [withMarkers(text, citations), ...(sources.length > 0 ? [sources.join('\n')] : [])].join('\n\n');
}

/** One citation for each number, in the order of the numbers. */
function bySource(citations: readonly Citation[]): Citation[] {
  const first = new Map<number, Citation>();
  for (const citation of citations) if (!first.has(citation.marker)) first.set(citation.marker, citation);
  return [...first.values()].sort((a, b) => a.marker - b.marker);
}

/** The numbers that stand at each place of the text: at the end of the sentence that they prove. */
export function markersByPosition(citations: readonly Citation[]): Map<number, number[]> {
  const positions = new Map<number, Set<number>>();
  for (const { answer_end: end, marker } of citations) {
    positions.set(end, (positions.get(end) ?? new Set()).add(marker));
  }
  return new Map(
    [...positions]
      .sort(([a], [b]) => a - b)
      .map(([end, markers]) => [end, [...markers].sort((a, b) => a - b)]),
  );
}

function withMarkers(text: string, citations: readonly Citation[]): string {
  let from = 0;
  let marked = '';
  for (const [end, markers] of markersByPosition(citations)) {
    const sentence = text.slice(from, end);
    // Nothing may follow on the line that closes code.
    const gap = /\n(?:`{3,}|~{3,})$/.test(sentence) ? '\n' : ' ';
    marked += sentence + gap + markers.map((marker) => `[${marker}]`).join('');
    from = end;
  }
  return marked + text.slice(from);
}
