import type { Quote } from '../../ports/reader.ts';
import type { ReadPassage } from './evidence.ts';
import { quoteOf } from './quotes.ts';

/** The stretch of whole sentences that says `text` word for word, white space aside. */
export function findVerbatim(text: string, passages: readonly ReadPassage[]): Quote | undefined {
  const wanted = oneLine(text);
  if (wanted === '') return undefined;
  for (const passage of passages) {
    const { text: whole, start: offset, sentences } = passage.source.passage;
    const lines = sentences.map(({ start, end }) => oneLine(whole.slice(start - offset, end - offset)));
    for (let first = 0; first < lines.length; first++) {
      let run = '';
      for (let last = first; last < lines.length && run.length < wanted.length; last++) {
        run += (run === '' ? '' : ' ') + (lines[last] ?? '');
        if (sameEnding(run) === sameEnding(wanted)) return quoteOf(passage, [first, last]);
      }
    }
  }
  return undefined;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** A full stop more or less changes nothing. */
function sameEnding(text: string): string {
  return text.replace(/\.$/, '');
}
