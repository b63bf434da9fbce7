import type { AskEvent } from '../ask/events.ts';
import { answeredEvents } from './http-fakes.ts';

/** What `ask` says when it answers with these sentences, each a quote of its own. */
export function longAnswerEvents(question: string, sentences: readonly string[]): AskEvent[] {
  const [found] = answeredEvents(question);
  if (found?.type !== 'passages-found') throw new Error('The events have changed.');
  let at = 0;
  const citations = sentences.map((quote, index) => {
    const answerStart = at;
    at += quote.length + 1;
    return {
      ...{
        marker: index + 1,
        passageId: 'psg_1',
        documentId: 'doc_1',
        title: 'Handbook',
        uri: 'handbook.md',
      },
      ...{
        quote,
        start: 0,
        end: quote.length,
        answerStart,
        answerEnd: answerStart + quote.length,
        headings: [],
      },
    };
  });
  const answer = { status: 'answered', text: sentences.join(' '), citations } as const;
  const { id, conversationId, standaloneQuestion, passages } = found;
  const timing = { contextualise: 0, retrieve: 0, read: 0, total: 0 };
  return [
    found,
    ...sentences.flatMap((text, index) => [
      { type: 'text-delta' as const, text: index === 0 ? text : ` ${text}` },
      { type: 'citation-added' as const, citation: citations[index] as (typeof citations)[number] },
    ]),
    {
      type: 'answer-end' as const,
      id,
      conversationId,
      standaloneQuestion,
      passages,
      answer,
      confidence: 1,
      timing,
    },
  ];
}
