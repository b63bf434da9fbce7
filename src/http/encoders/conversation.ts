import type { Conversation, Turn } from '../../model/conversation.ts';
import { encodeAnswer } from './json.ts';

/** A conversation with each answer as it was given. */
export function encodeConversation(conversation: Conversation) {
  return { id: conversation.id, turns: conversation.turns.map(encodeTurn) };
}

function encodeTurn(turn: Turn) {
  return { id: turn.id, question: turn.question, ...encodeAnswer(turn), asked_at: turn.askedAt };
}
