import type { ConversationStore } from '../ports/conversation-store.ts';
import type { ArchivedConversation } from './archive.ts';

/** Takes a conversation in: the turns that are not there yet, in their order, and what was said of answers since. Gives how many turns were new. */
export async function importConversation(
  store: Pick<ConversationStore, 'getConversation' | 'appendTurn' | 'listFeedback' | 'saveFeedback'>,
  { conversation, feedback }: ArchivedConversation,
): Promise<number> {
  const { id, turns } = conversation;
  const known = new Set((await store.getConversation(id))?.turns.map((turn) => turn.id));
  const added = turns.filter((turn) => !known.has(turn.id));
  for (const turn of added) await store.appendTurn(id, turn);
  const ratedAt = new Map((await store.listFeedback(id)).map((given) => [given.answerId, given.ratedAt]));
  for (const given of feedback) {
    if (given.ratedAt > (ratedAt.get(given.answerId) ?? '')) await store.saveFeedback(given);
  }
  return added.length;
}
