import type { ConversationStore } from '../ports/conversation-store.ts';

export interface ExpiryOptions {
  /** Milliseconds after its last question that a conversation is kept; `Infinity`: until it is deleted. */
  readonly keepMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface ExpiringConversations extends ConversationStore {
  /** Whether a conversation would be gone whose last question was asked then (ISO 8601, UTC). */
  hasExpired(lastAskedAt: string): boolean;
  /** Deletes what has expired, a batch at a time so that nobody waits long; says how many. To be called now and then. */
  sweep(): Promise<number>;
}

/** Conversations of one transaction. */
const BATCH = 50;

/** A store whose conversations are gone once they have expired, whether they have been swept yet or not. */
export function expireConversations(
  store: ConversationStore,
  { keepMs, now }: ExpiryOptions,
): ExpiringConversations {
  const oldest = () => (keepMs === Infinity ? '' : new Date(now() - keepMs).toISOString());
  const hasExpired = (lastAskedAt: string) => lastAskedAt < oldest();
  return {
    ...store,
    hasExpired,
    async getConversation(id, window) {
      const conversation = await store.getConversation(id, window);
      if (conversation === undefined) return undefined;
      const newest =
        window?.before === undefined ? conversation : await store.getConversation(id, { limit: 1 });
      const last = newest?.turns.at(-1);
      return last === undefined || hasExpired(last.askedAt) ? undefined : conversation;
    },
    async sweep() {
      for (let swept = 0; ; ) {
        const deleted = await store.deleteConversationsBefore(oldest(), BATCH);
        swept += deleted;
        if (deleted < BATCH) return swept;
      }
    },
  };
}
