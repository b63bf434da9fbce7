import type { ConversationStore } from '../../ports/conversation-store.ts';
import * as queries from './conversation-queries.ts';
import type { SqlRow } from './passage-rows.ts';
import type { Run } from './run.ts';

export interface ConversationDatabase {
  readonly read: Run;
  /** Runs all or none; gives the rows of each. */
  readonly batch: (statements: readonly queries.Statement[]) => Promise<readonly (readonly SqlRow[])[]>;
}

/** Conversations and feedback in SQL; each change is one batch. */
export function createSqlConversationStore({ read, batch }: ConversationDatabase): ConversationStore {
  return {
    async getConversation(id, window) {
      const rows = await read(...queries.selectTurns(id, window));
      if (rows.length === 0 && (await read(...queries.selectConversation(id))).length === 0) return undefined;
      return { id, turns: rows.map(queries.toTurn).reverse() };
    },
    listConversations: async ({ limit, afterId = '' }) =>
      (await read(...queries.selectConversations(limit, afterId))).map(({ id }) => String(id)),
    listFeedback: async (conversationId) =>
      (await read(...queries.selectFeedback(conversationId))).map(queries.toFeedback),
    async appendTurn(conversationId, turn, options) {
      const [stored = []] = await batch(queries.appendTurn(conversationId, turn, options));
      return stored.length > 0;
    },
    async holdConversation(id, hold) {
      const [held = []] = await batch([queries.holdConversation(id, hold)]);
      return held.length > 0;
    },
    async deleteTurn(conversationId, turnId) {
      const [, deleted = []] = await batch(queries.deleteTurn(conversationId, turnId));
      return deleted.length > 0;
    },
    async deleteConversation(id) {
      const deleted = (await batch(queries.deleteConversation(id))).at(-1) ?? [];
      return deleted.length > 0;
    },
    async deleteConversationsBefore(before, limit) {
      const deleted = (await batch(queries.deleteConversationsBefore(before, limit))).at(-1) ?? [];
      return deleted.length;
    },
    async saveFeedback(feedback) {
      const [saved = []] = await batch([queries.saveFeedback(feedback)]);
      return saved.length > 0;
    },
    listUnsatisfied: async (limit) =>
      (await read(...queries.selectUnsatisfied(limit))).map(queries.toUnsatisfied),
  };
}
