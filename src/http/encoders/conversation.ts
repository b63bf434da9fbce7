import type { Conversation, Turn } from '../../model/conversation.ts';
import { encodeAnswer } from './json.ts';

/** The last `limit` turns of a conversation, each answer as it was given; more turns than that tell of earlier ones. */
export function encodeConversation({ id, turns }: Conversation, limit: number) {
  const shown = turns.slice(-limit);
  return {
    id,
    turns: shown.map(encodeTurn),
    earlier: turns.length > limit ? (shown[0]?.id ?? null) : null,
  };
}

function encodeTurn(turn: Turn) {
  return { id: turn.id, question: turn.question, ...encodeAnswer(turn), asked_at: turn.askedAt };
}
