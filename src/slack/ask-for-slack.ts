import type { AnswerEnd, Ask, AskEvent, AskRequest } from '../ask/events.ts';
import type { Answer } from '../model/answer.ts';
import type { Citation } from '../model/citation.ts';
import { DOUBT, isDoubtful } from '../model/doubt.ts';
import { type IbidErrorCode, messageOf } from '../model/errors.ts';
import { markedPieces, toMarkdown } from './marked-text.ts';

/** What is kept of an answer with its question, so that it is asked once even when posting it takes several starts. */
export interface KeptAnswer {
  readonly answerId: string;
  readonly conversationId: string;
  readonly answer: Answer;
  readonly notes: readonly string[];
}

export type Asked =
  | { readonly outcome: 'answered'; readonly kept: KeptAnswer }
  | { readonly outcome: 'failed'; readonly code: IbidErrorCode; readonly message: string };

/** Asks, and hands over the answer's text with its numbers sentence by sentence, each once its citations are known. */
export async function askForSlack(
  ask: Ask,
  request: AskRequest,
  show: (markdown: string) => Promise<void>,
): Promise<Asked> {
  let text = '';
  let citations: Citation[] = [];
  let shownTo = 0;
  const showUpTo = async (end: number): Promise<void> => {
    const pieces = markedPieces(text, citations, shownTo, end);
    shownTo = end;
    if (pieces.length > 0) await show(pieces.map(toMarkdown).join(''));
  };
  for await (const event of guarded(ask(request))) {
    if (event.type === 'text-delta') {
      await showUpTo(text.length);
      text += event.text;
    } else if (event.type === 'citation-added') citations = [...citations, event.citation];
    else if (event.type === 'answer-end') {
      await showUpTo(text.length);
      return { outcome: 'answered', kept: keep(event) };
    } else if (event.type === 'ask-error')
      return { outcome: 'failed', code: event.code, message: event.message };
  }
  return { outcome: 'failed', code: 'internal', message: 'The answer ended without a result.' };
}

async function* guarded(events: AsyncIterable<AskEvent>): AsyncGenerator<AskEvent> {
  try {
    yield* events;
  } catch (error) {
    yield { type: 'ask-error', code: 'internal', message: messageOf(error) };
  }
}

function keep(end: AnswerEnd): KeptAnswer {
  const { id, conversationId, answer, degraded } = end;
  const { omitted = 0, unanswered = [] } = answer.status === 'answered' ? answer : {};
  const notes = [
    ...(isDoubtful(end) ? [DOUBT] : []),
    ...(degraded === undefined ? [] : [degraded]),
    ...(omitted === 0
      ? []
      : [
          `${omitted === 1 ? 'One sentence was' : `${omitted} sentences were`} left out, because no document supports ${omitted === 1 ? 'it' : 'them'}.`,
        ]),
    ...unanswered.map((part) => `Not in the documents: ${part}`),
  ];
  return { answerId: id, conversationId, answer, notes };
}
