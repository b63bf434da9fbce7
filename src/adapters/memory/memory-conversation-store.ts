import { isUnanswered, type Turn } from '../../model/conversation.ts';
import type { ConversationStore, Feedback } from '../../ports/conversation-store.ts';

interface Kept {
  turns: Turn[];
  holder?: { readonly turnId: string; readonly until: number };
}

/** Conversations that last as long as the process: for tests and small uses. */
export function createMemoryConversationStore(): ConversationStore {
  const conversations = new Map<string, Kept>();
  const feedback = new Map<string, Feedback>();
  const allTurns = () => [...conversations.values()].flatMap(({ turns }) => turns);
  const forget = (turns: readonly Turn[]) => {
    for (const { id } of turns) feedback.delete(id);
  };
  const remove = (id: string): boolean => {
    forget(conversations.get(id)?.turns ?? []);
    return conversations.delete(id);
  };
  return {
    async getConversation(id, window) {
      const kept = conversations.get(id);
      if (kept === undefined) return undefined;
      if (window === undefined) return { id, turns: [...kept.turns] };
      const { before, limit } = window;
      const end =
        before === undefined
          ? kept.turns.length
          : Math.max(
              0,
              kept.turns.findIndex((turn) => turn.id === before),
            );
      return { id, turns: kept.turns.slice(Math.max(0, end - limit), end) };
    },
    listConversations: async ({ limit, afterId = '' }) =>
      [...conversations.keys()]
        .filter((id) => id > afterId)
        .sort()
        .slice(0, limit),
    listFeedback: async (conversationId) =>
      (conversations.get(conversationId)?.turns ?? []).flatMap(({ id }) => feedback.get(id) ?? []),
    async appendTurn(conversationId, turn, options) {
      if (allTurns().some(({ id }) => id === turn.id))
        throw new Error(`The turn ${turn.id} is there already.`);
      const kept = conversations.get(conversationId);
      if (kept === undefined && options?.continues) return false;
      const { turns, holder } = kept ?? { turns: [] };
      const all = [...turns, turn];
      const surplus = Math.max(0, all.length - (options?.keep ?? all.length));
      forget(all.slice(0, surplus));
      conversations.set(conversationId, {
        turns: all.slice(surplus),
        ...(holder && holder.turnId !== turn.id ? { holder } : {}),
      });
      return true;
    },
    async holdConversation(id, { turnId, now, until }) {
      const kept = conversations.get(id);
      if (kept === undefined) return false;
      if (kept.holder && kept.holder.turnId !== turnId && kept.holder.until > now) return false;
      kept.holder = { turnId, until };
      return true;
    },
    async deleteTurn(conversationId, turnId) {
      const kept = conversations.get(conversationId);
      const left = kept?.turns.filter(({ id }) => id !== turnId) ?? [];
      if (kept === undefined || left.length === kept.turns.length) return false;
      feedback.delete(turnId);
      if (left.length === 0) return remove(conversationId);
      kept.turns = left;
      return true;
    },
    deleteConversation: async (id) => remove(id),
    async deleteConversationsBefore(before, limit) {
      const old = [...conversations]
        .map(([id, { turns }]) => ({ id, lastAskedAt: turns.at(-1)?.askedAt ?? '' }))
        .filter(({ lastAskedAt }) => lastAskedAt < before)
        .sort((a, b) => (a.lastAskedAt < b.lastAskedAt ? -1 : 1))
        .slice(0, limit);
      for (const { id } of old) remove(id);
      return old.length;
    },
    async saveFeedback(given) {
      if (!allTurns().some(({ id }) => id === given.answerId)) return false;
      feedback.set(given.answerId, given);
      return true;
    },
    async listUnsatisfied(limit) {
      return allTurns()
        .map((turn) => ({ turn, given: feedback.get(turn.id) }))
        .filter(({ turn, given }) => isUnanswered(turn) || given?.rating === 'down')
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
