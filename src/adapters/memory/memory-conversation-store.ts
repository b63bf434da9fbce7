import type { Turn } from '../../model/conversation.ts';
import type { ConversationStore, Feedback } from '../../ports/conversation-store.ts';

/** Conversations that last as long as the process: for tests and small uses. */
export function createMemoryConversationStore(): ConversationStore {
  const conversations = new Map<string, Turn[]>();
  const feedback = new Map<string, Feedback>();
  const allTurns = () => [...conversations.values()].flat();
  return {
    async getConversation(id) {
      const turns = conversations.get(id);
      return turns && { id, turns: [...turns] };
    },
    async appendTurn(conversationId, turn) {
      if (allTurns().some(({ id }) => id === turn.id))
        throw new Error(`The turn ${turn.id} is there already.`);
      conversations.set(conversationId, [...(conversations.get(conversationId) ?? []), turn]);
    },
    async deleteConversation(id) {
      for (const turn of conversations.get(id) ?? []) feedback.delete(turn.id);
      return conversations.delete(id);
    },
    async saveFeedback(given) {
      if (!allTurns().some(({ id }) => id === given.answerId)) return false;
      feedback.set(given.answerId, given);
      return true;
    },
    async listUnsatisfied(limit) {
      return allTurns()
        .map((turn) => ({ turn, given: feedback.get(turn.id) }))
        .filter(({ turn, given }) => turn.answer.status === 'declined' || given?.rating === 'down')
        .sort((a, b) => (a.turn.askedAt < b.turn.askedAt ? 1 : -1))
        .slice(0, limit)
        .map(({ turn, given }) => ({
          turn,
          ...(given && { rating: given.rating }),
          ...(given?.comment !== undefined && { comment: given.comment }),
        }));
    },
  };
}
