import type { Citation } from '../model/citation.ts';
import { gapBeforeMarkers } from '../model/with-markers.ts';
import { escapeMarkdown, escapeMrkdwn } from './escape.ts';

/** A stretch of an answer with the numbers of what proves it. */
interface MarkedPiece {
  readonly text: string;
  readonly markers: readonly number[];
}

/** The answer's text from `from` to `to`, cut behind each sentence that citations prove. */
export function markedPieces(
  text: string,
  citations: readonly Citation[],
  from = 0,
  to = text.length,
): MarkedPiece[] {
  const ends = [...new Set(citations.map(({ answerEnd }) => answerEnd))].filter(
    (end) => end > from && end <= to,
  );
  const pieces: MarkedPiece[] = [];
  let start = from;
  for (const end of [...ends.sort((one, other) => one - other), to]) {
    if (end === start && pieces.length > 0) continue;
    const markers = citations.filter(({ answerEnd }) => answerEnd === end).map(({ marker }) => marker);
    pieces.push({ text: text.slice(start, end), markers: [...new Set(markers)] });
    start = end;
  }
  return pieces.filter(({ text: piece }) => piece !== '');
}

/** A piece in standard Markdown; what stands between brackets is no link without an address behind it. */
export function toMarkdown({ text, markers }: MarkedPiece): string {
  return (
    text
      .split(CODE)
      .map((part, at) => (at % 2 === 1 ? harmless(part) : escapeMarkdown(part)))
      .join('') + numbers(text, markers)
  );
}

/** Fenced code, which shows everything as it stands. */
const CODE = /((?<=^|\n)(?:`{3,}|~{3,})[^\n]*\n[\s\S]*?\n(?:`{3,}|~{3,})(?=\n|$))/;

/** Standard Markdown knows no entities within code; what might ring somebody is parted by a space of no width. */
function harmless(code: string): string {
  return code.replace(/<(?=[!@#])/g, '<\u200b');
}

export function toMrkdwn({ text, markers }: MarkedPiece): string {
  return escapeMrkdwn(text) + numbers(text, markers);
}

function numbers(text: string, markers: readonly number[]): string {
  return markers.length === 0 ? '' : gapBeforeMarkers(text) + markers.map((marker) => `[${marker}]`).join('');
}
