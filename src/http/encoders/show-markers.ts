import type { AskEvent } from '../../ask/events.ts';
import type { Citation } from '../../model/citation.ts';
import { gapBeforeMarkers } from '../../model/with-markers.ts';

/** The same events with `[1]`, `[2]` … in the text, behind each sentence. Citations keep to their sentences. */
export async function* showMarkers(events: AsyncIterable<AskEvent>): AsyncGenerator<AskEvent> {
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
        const marks = shown.takeMarks();
        if (marks !== '') yield { type: 'text-delta', text: marks };
        yield event.answer.status === 'answered'
          ? { ...event, answer: { ...event.answer, ...shown.answer() } }
          : event;
        break;
      }
      default:
        yield event;
    }
  }
}

interface ShownText {
  /** Text and citations as shown. */
  answer(): { readonly text: string; readonly citations: readonly Citation[] };
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
    answer: () => ({ text, citations }),
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
      const gap = gapBeforeMarkers(text);
      const marks = due.map((marker) => `${gap}[${marker}]`).join('');
      if (marks !== '') insertions.push({ at: written, length: marks.length });
      due = [];
      text += marks;
      return marks;
    },
  };
}
