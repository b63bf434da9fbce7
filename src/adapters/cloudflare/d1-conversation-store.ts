import type { ConversationStore } from '../../ports/conversation-store.ts';
import * as queries from '../sql/conversation-queries.ts';
import type { D1Database } from './d1-database.ts';

/** Conversations and feedback in D1; each change is one statement or one batch. */
export function createD1ConversationStore({ read, batch }: D1Database): ConversationStore {
  return {
    async getConversation(id) {
      const rows = await read(queries.SELECT_TURNS, [id]);
      return rows.length === 0 ? undefined : { id, turns: rows.map(queries.toTurn) };
    },
    async appendTurn(conversationId, turn) {
      await batch([[queries.INSERT_TURN, queries.turnValues(conversationId, turn)]]);
    },
    async deleteConversation(id) {
      const [, deleted = []] = await batch([
        [queries.DELETE_FEEDBACK, [id]],
        [queries.DELETE_TURNS, [id]],
      ]);
      return deleted.length > 0;
    },
    async saveFeedback(feedback) {
      const [saved = []] = await batch([[queries.SAVE_FEEDBACK, queries.feedbackValues(feedback)]]);
      return saved.length > 0;
    },
    listUnsatisfied: async (limit) =>
      (await read(queries.SELECT_UNSATISFIED, [limit])).map(queries.toUnsatisfied),
  };
}
