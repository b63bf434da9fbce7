import { isUnanswered, type Turn } from '../../model/conversation.ts';
import type {
  AppendOptions,
  ConversationStore,
  Feedback,
  Hold,
  TurnWindow,
} from '../../ports/conversation-store.ts';
import type { SqlRow } from './passage-rows.ts';
import type { SqlValue } from './run.ts';

/** A statement with its parameters; those of one list are to be run in one transaction, in their order. */
export type Statement = readonly [sql: string, args: readonly SqlValue[]];

/** Newest first. */
export function selectTurns(conversationId: string, window?: TurnWindow): Statement {
  return [
    `SELECT turn FROM turns WHERE conversation_id = ?1
      AND (CAST(?2 AS TEXT) IS NULL OR key < (SELECT key FROM turns WHERE conversation_id = ?1 AND id = ?2))
      ORDER BY key DESC LIMIT ?3`,
    [conversationId, window?.before ?? null, window?.limit ?? Number.MAX_SAFE_INTEGER],
  ];
}

/** Gives a row when there is such a conversation. */
export function selectConversation(id: string): Statement {
  return ['SELECT id FROM conversations WHERE id = ?1', [id]];
}

/** Ids, ascending. */
export function selectConversations(limit: number, afterId: string): Statement {
  return ['SELECT id FROM conversations WHERE id > ?1 ORDER BY id LIMIT ?2', [afterId, limit]];
}

export function selectFeedback(conversationId: string): Statement {
  return [
    `SELECT f.answer_id, f.rating, f.comment, f.rated_at FROM turns AS t
      CROSS JOIN feedback AS f ON f.answer_id = t.id WHERE t.conversation_id = ?1 ORDER BY t.key`,
    [conversationId],
  ];
}

/** The first gives a row when the turn was stored. */
export function appendTurn(
  conversationId: string,
  turn: Turn,
  options?: AppendOptions,
): readonly [Statement, ...Statement[]] {
  const declined = isUnanswered(turn) ? 1 : 0;
  const continues = options?.continues ? 1 : 0;
  return [
    [
      `INSERT INTO turns (id, conversation_id, asked_at, declined, turn) SELECT ?1, ?2, ?3, ?4, ?5
        WHERE ?6 = 0 OR EXISTS (SELECT 1 FROM conversations WHERE id = ?2) RETURNING key`,
      [turn.id, conversationId, turn.askedAt, declined, JSON.stringify(turn), continues],
    ],
    [
      `INSERT INTO conversations (id, last_asked_at) SELECT conversation_id, asked_at FROM turns WHERE id = ?1
        ON CONFLICT (id) DO UPDATE SET last_asked_at = excluded.last_asked_at,
          held_until = CASE WHEN conversations.holder = ?1 THEN 0 ELSE conversations.held_until END`,
      [turn.id],
    ],
    ...(options === undefined ? [] : deleteOldest(conversationId, options.keep)),
  ];
}

function deleteOldest(conversationId: string, keep: number): Statement[] {
  const oldest = `conversation_id = ?1
    AND key <= (SELECT key FROM turns WHERE conversation_id = ?1 ORDER BY key DESC LIMIT 1 OFFSET ?2)`;
  return [
    [
      `DELETE FROM feedback WHERE answer_id IN (SELECT id FROM turns WHERE ${oldest})`,
      [conversationId, keep],
    ],
    [`DELETE FROM turns WHERE ${oldest}`, [conversationId, keep]],
  ];
}

/** Gives a row when the conversation is there and no other question holds it. */
export function holdConversation(id: string, { turnId, now, until }: Hold): Statement {
  return [
    `UPDATE conversations SET holder = ?2, held_until = ?4
      WHERE id = ?1 AND (holder = ?2 OR held_until <= ?3) RETURNING id`,
    [id, turnId, now, until],
  ];
}

/** The second gives a row when the turn was there. */
export function deleteTurn(conversationId: string, turnId: string): readonly Statement[] {
  const one = 'conversation_id = ?1 AND id = ?2';
  return [
    [`DELETE FROM feedback WHERE answer_id IN (SELECT id FROM turns WHERE ${one})`, [conversationId, turnId]],
    [`DELETE FROM turns WHERE ${one} RETURNING id`, [conversationId, turnId]],
    [
      'DELETE FROM conversations WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM turns WHERE conversation_id = ?1)',
      [conversationId],
    ],
  ];
}

/** The last gives a row for each conversation that was deleted. */
export function deleteConversation(id: string): readonly Statement[] {
  return deleteConversations('SELECT id FROM conversations WHERE id = ?1', [id]);
}

/** The last gives a row for each conversation that was deleted. */
export function deleteConversationsBefore(before: string, limit: number): readonly Statement[] {
  return deleteConversations(
    'SELECT id FROM conversations WHERE last_asked_at < ?1 ORDER BY last_asked_at, id LIMIT ?2',
    [before, limit],
  );
}

/** `ids` is read by each statement, so the conversations themselves go last. */
function deleteConversations(ids: string, args: readonly SqlValue[]): readonly Statement[] {
  return [
    [
      `DELETE FROM feedback WHERE answer_id IN (SELECT id FROM turns WHERE conversation_id IN (${ids}))`,
      args,
    ],
    [`DELETE FROM turns WHERE conversation_id IN (${ids})`, args],
    [`DELETE FROM conversations WHERE id IN (${ids}) RETURNING id`, args],
  ];
}

/** Gives a row when there is such an answer. JSON keeps what SQLite's text would not, such as a NUL in what a visitor wrote. */
export function saveFeedback({ answerId, rating, comment, ratedAt }: Feedback): Statement {
  return [
    `INSERT INTO feedback (answer_id, rating, comment, rated_at)
      SELECT id, ?2, ?3, ?4 FROM turns WHERE id = ?1
      ON CONFLICT (answer_id) DO UPDATE SET rating = excluded.rating, comment = excluded.comment,
        rated_at = excluded.rated_at RETURNING answer_id`,
    [answerId, rating, comment === undefined ? null : JSON.stringify(comment), ratedAt],
  ];
}

export function selectUnsatisfied(limit: number): Statement {
  return [
    `SELECT t.turn, f.rating, f.comment FROM turns AS t
      LEFT JOIN feedback AS f ON f.answer_id = t.id
      WHERE t.declined = 1 OR f.rating = 'down' ORDER BY t.asked_at DESC, t.key DESC LIMIT ?1`,
    [limit],
  ];
}

export function toTurn({ turn }: SqlRow): Turn {
  return JSON.parse(String(turn)) as Turn;
}

export function toFeedback(row: SqlRow): Feedback {
  const { answer_id: answerId, rating, comment, rated_at: ratedAt } = row;
  return {
    ...{ answerId: String(answerId), rating: rating === 'up' ? 'up' : 'down', ratedAt: String(ratedAt) },
    ...(typeof comment === 'string' ? { comment: JSON.parse(comment) as string } : {}),
  };
}

export function toUnsatisfied(
  row: SqlRow,
): Awaited<ReturnType<ConversationStore['listUnsatisfied']>>[number] {
  const { rating, comment } = row;
  return {
    turn: toTurn(row),
    ...(rating === 'up' || rating === 'down' ? { rating } : {}),
    ...(typeof comment === 'string' ? { comment: JSON.parse(comment) as string } : {}),
  };
}
