import type { AnswerEnd, AskEvent } from '../../ask/events.ts';
import type { Citation } from '../../model/citation.ts';
import { sourceUrl } from '../../model/source-url.ts';
import { firstOfEachMarker } from '../../model/with-markers.ts';

/**
 * The same events with the proof in the text, for clients that show nothing else: a marker behind each sentence, the
 * quotes below the answer, and below a decline the closest passages. Citations keep to their sentences.
 */
export async function* showQuotes(events: AsyncIterable<AskEvent>, origin: string): AsyncGenerator<AskEvent> {
  const shown = createShownText();
  for await (const event of events) {
    switch (event.type) {
      case 'text-delta': {
        const marks = shown.takeMarks();
        shown.add(event.text);
        yield { type: 'text-delta', text: marks + event.text };
        break;
      }
      case 'citation-added':
        yield { type: 'citation-added', citation: shown.mark(event.citation) };
        break;
      case 'answer-end': {
        const below = belowAnswer(event, origin);
        const rest = shown.takeMarks() + below;
        if (rest !== '') yield { type: 'text-delta', text: rest };
        yield { ...event, answer: { ...event.answer, ...shown.answer(below) } };
        break;
      }
      default:
        yield event;
    }
  }
}

/** What `showQuotes` put into a text taken out again: the answer as it was written. */
export function withoutQuotes(text: string): string {
  const answer = text.replace(/\n\n(?:Sources|Closest passages):\n\n- \[[\s\S]*$/, '').replace(OMITTED, '');
  return answer.replace(/(?: \[\d+\])+(?=\s|$)/g, '');
}

const OMITTED = '\n\nSomething was left out, because no document supports it.';

interface ShownText {
  /** Text and citations as shown, with something below. */
  answer(below: string): { readonly text: string; readonly citations: readonly Citation[] };
  add(text: string): void;
  /** The citation where its sentence is shown; its marker follows with the next text. */
  mark(citation: Citation): Citation;
  /** The markers that are due, which become part of the text. */
  takeMarks(): string;
}

function createShownText(): ShownText {
  let text = '';
  let written = 0;
  const citations: Citation[] = [];
  const insertions: { at: number; length: number }[] = [];
  let due: number[] = [];
  /** Where an offset of the written text stands in the shown one; what was put in right there comes before a start. */
  const shift = (offset: number, isStart: boolean) =>
    insertions
      .filter(({ at }) => at < offset || (isStart && at === offset))
      .reduce((sum, { length }) => sum + length, offset);
  return {
    answer: (below) => ({ text: text + below, citations }),
    add(delta) {
      text += delta;
      written += delta.length;
    },
    mark(citation) {
      if (!due.includes(citation.marker)) due.push(citation.marker);
      const answerStart = shift(citation.answerStart, true);
      const moved = { ...citation, answerStart, answerEnd: shift(citation.answerEnd, false) };
      citations.push(moved);
      return moved;
    },
    takeMarks() {
      const marks = due.map((marker) => ` [${marker}]`).join('');
      if (marks !== '') insertions.push({ at: written, length: marks.length });
      due = [];
      text += marks;
      return marks;
    },
  };
}

function belowAnswer({ answer }: AnswerEnd, origin: string): string {
  if (answer.status === 'declined') {
    const closest = answer.closest.map(
      ({ passage, documentTitle, documentUri }) =>
        `- ${link({ ...passage, quote: passage.text, title: documentTitle, uri: documentUri }, origin)}`,
    );
    return closest.length === 0 ? '' : `\n\nClosest passages:\n\n${closest.join('\n')}`;
  }
  const quotes = firstOfEachMarker(answer.citations).map(
    (citation) => `- [${citation.marker}] “${oneLine(citation.quote)}” (${link(citation, origin)})`,
  );
  const omitted = answer.omitted === undefined ? '' : OMITTED;
  return `${omitted}\n\nSources:\n\n${quotes.join('\n')}`;
}

type Linked = Parameters<typeof sourceUrl>[0] & Pick<Citation, 'title'>;

/** A Markdown link; brackets would end it early. */
function link(cited: Linked, origin: string): string {
  const title = oneLine(cited.title === '' ? cited.uri : cited.title).replace(/[[\]\\]/g, '\\$&');
  return `[${title}](${sourceUrl(cited, origin).replaceAll('(', '%28').replaceAll(')', '%29').replaceAll(' ', '%20')})`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
