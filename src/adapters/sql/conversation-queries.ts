import type { Turn } from '../../model/conversation.ts';
import type { ConversationStore, Feedback } from '../../ports/conversation-store.ts';
import type { SqlRow } from './passage-rows.ts';
import type { SqlValue } from './run.ts';

/** ?1: conversation id. */
export const SELECT_TURNS = 'SELECT turn FROM turns WHERE conversation_id = ?1 ORDER BY key';

/** Takes what `turnValues` gives. */
export const INSERT_TURN =
  'INSERT INTO turns (id, conversation_id, asked_at, declined, turn) VALUES (?1, ?2, ?3, ?4, ?5)';

/** ?1: conversation id; to run before the turns are deleted. */
export const DELETE_FEEDBACK =
  'DELETE FROM feedback WHERE answer_id IN (SELECT id FROM turns WHERE conversation_id = ?1)';

/** ?1: conversation id; gives a row for each turn. */
export const DELETE_TURNS = 'DELETE FROM turns WHERE conversation_id = ?1 RETURNING key';

/** Takes what `feedbackValues` gives; gives a row when there is such an answer. */
export const SAVE_FEEDBACK = `INSERT OR REPLACE INTO feedback (answer_id, rating, comment, rated_at)
  SELECT id, ?2, ?3, ?4 FROM turns WHERE id = ?1 RETURNING answer_id`;

/** ?1: limit. */
export const SELECT_UNSATISFIED = `SELECT t.turn, f.rating, f.comment FROM turns AS t
  LEFT JOIN feedback AS f ON f.answer_id = t.id
  WHERE t.declined = 1 OR f.rating = 'down' ORDER BY t.asked_at DESC, t.key DESC LIMIT ?1`;

export function turnValues(conversationId: string, turn: Turn): SqlValue[] {
  const declined = turn.answer.status === 'declined' ? 1 : 0;
  return [turn.id, conversationId, turn.askedAt, declined, JSON.stringify(turn)];
}

/** JSON keeps what SQLite's text would not, such as a NUL in what a visitor wrote. */
export function feedbackValues({ answerId, rating, comment, ratedAt }: Feedback): SqlValue[] {
  return [answerId, rating, comment === undefined ? null : JSON.stringify(comment), ratedAt];
}

export function toTurn({ turn }: SqlRow): Turn {
  return JSON.parse(String(turn)) as Turn;
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
