import type { ConversationStore } from '../ports/conversation-store.ts';
import type { ArchivedConversation } from './archive.ts';

export interface ImportedConversations {
  /** Those that were not there. */
  readonly turns: number;
  /** Conversations left out, since they are older than conversations are kept. */
  readonly expired: number;
}

export type ImportConversations = (
  archived: AsyncIterable<ArchivedConversation> | Iterable<ArchivedConversation>,
) => Promise<ImportedConversations>;

type Store = Pick<ConversationStore, 'getConversation' | 'appendTurn' | 'listFeedback' | 'saveFeedback'> & {
  /** Whether a conversation would be gone whose last question was asked then. */
  hasExpired(lastAskedAt: string): boolean;
  /** Deletes what has expired: of such a conversation nothing is shown, yet its turns would be in the way. */
  sweep(): Promise<number>;
};

/** Takes conversations in: the turns that are not there yet, in their order, and what was said of answers since. */
export function createImportConversations(store: Store): ImportConversations {
  return async (archived) => {
    let swept = false;
    let turns = 0;
    let expired = 0;
    for await (const one of archived) {
      if (!swept) await store.sweep();
      swept = true;
      const last = one.conversation.turns.at(-1);
      if (last !== undefined && store.hasExpired(last.askedAt)) expired++;
      else turns += await importConversation(store, one);
    }
    return { turns, expired };
  };
}

/** Gives how many turns were new. */
async function importConversation(
  store: Store,
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
