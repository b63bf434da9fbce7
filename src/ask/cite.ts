import type { Answered } from '../model/answer.ts';
import type { Citation } from '../model/citation.ts';
import type { Quote, Statement } from '../ports/reader.ts';
import type { ReadNotes } from './read-notes.ts';
import { quoteText } from './verify.ts';

/** What one more statement added to an answer. */
export interface CitedPiece {
  /** The statement with the white space before it, to append to the answer. */
  readonly delta: string;
  readonly citations: readonly Citation[];
}

export interface AnswerBuilder {
  /** Appends a verified statement. */
  add(statement: Statement): CitedPiece;
  /** The answer so far, with what its reader had to say of it. */
  answer(notes: Pick<ReadNotes, 'omitted' | 'unanswered'>): Answered;
}

/** Builds an answer's text and citations together, so that every offset is right by construction. */
export function buildAnswer(): AnswerBuilder {
  let text = '';
  let hadLines = false;
  const citations: Citation[] = [];
  const markers = new Map<string, number>();

  const markerOf = (quote: Quote): number => {
    const key = `${quote.source.passage.documentId}:${quote.start}:${quote.end}`;
    const marker = markers.get(key) ?? markers.size + 1;
    markers.set(key, marker);
    return marker;
  };

  return {
    add(statement) {
      const hasLines = statement.text.includes('\n');
      // What has lines (code, a list) stands alone.
      const gap = hasLines || hadLines ? '\n\n' : ' ';
      const delta = (text === '' ? '' : gap) + statement.text;
      hadLines = hasLines;
      const answerStart = text.length + delta.length - statement.text.length;
      text += delta;
      const added = statement.quotes.map((quote) => cite(quote, markerOf(quote), answerStart, text.length));
      citations.push(...added);
      return { delta, citations: added };
    },
    answer(notes) {
      const omitted = notes.omitted();
      const unanswered = notes.unanswered();
      return {
        ...{ status: 'answered', text, citations: [...citations] },
        ...(omitted > 0 ? { omitted } : {}),
        ...(unanswered.length > 0 ? { unanswered } : {}),
      };
    },
  };
}

function cite(quote: Quote, marker: number, answerStart: number, answerEnd: number): Citation {
  const { passage, documentTitle, documentUri } = quote.source;
  return {
    marker,
    passageId: passage.id,
    documentId: passage.documentId,
    title: documentTitle,
    uri: documentUri,
    quote: quoteText(quote),
    start: quote.start,
    end: quote.end,
    answerStart,
    answerEnd,
    headings: passage.headings,
    ...(passage.page === undefined ? {} : { page: passage.page }),
  };
}
