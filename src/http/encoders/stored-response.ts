import * as z from 'zod';
import type { AskEvent } from '../../ask/events.ts';
import type { Turn } from '../../model/conversation.ts';
import type { OpenAiReply } from './openai-answer.ts';
import type { ResponseReply } from './openai-response.ts';

type Noted = Pick<ResponseReply, 'model' | 'created' | 'previousResponseId' | 'metadata'>;

const Note = z.object({
  model: z.string(),
  created: z.number(),
  previousResponseId: z.string().nullable(),
  metadata: z.record(z.string(), z.string()),
});

/** What a response says again of its request, as the note of its turn: with it the response can be told again. */
export function noteOf({ model, created, previousResponseId, metadata }: Noted): string {
  return JSON.stringify({ model, created, previousResponseId, metadata });
}

/** The reply that a turn was told with; one that was asked for on another surface counts as asked for from `model`. */
export function storedReply(
  { note, question, askedAt }: Turn,
  { model, origin }: Pick<OpenAiReply, 'model' | 'origin'>,
): ResponseReply {
  const noted = Note.safeParse(note === undefined ? undefined : JSON.parse(note));
  const created = Math.floor(Date.parse(askedAt) / 1000);
  return {
    ...(noted.success ? noted.data : { model, created, previousResponseId: null, metadata: {} }),
    ...{ origin, prompt: question, isStored: true, isReplayed: true },
  };
}

/** The events of a turn, as they were when it was asked; what was retrieved and how long it took is not kept. */
export async function* replayTurn(conversationId: string, turn: Turn): AsyncGenerator<AskEvent> {
  const { id, answer, confidence, standaloneQuestion, usage } = turn;
  const ids = { id, conversationId };
  yield { type: 'passages-found', ...ids, standaloneQuestion, passages: [] };
  yield { type: 'text-delta', text: answer.text };
  const citations = answer.status === 'answered' ? answer.citations : [];
  for (const citation of citations) yield { type: 'citation-added', citation };
  yield {
    type: 'answer-end',
    ...ids,
    ...{ answer, confidence, standaloneQuestion, passages: [] },
    ...(usage === undefined ? {} : { usage }),
    timing: { contextualise: 0, retrieve: 0, read: 0, total: 0 },
  };
}
