import type { InboxChange, InboxJob, SlackInbox } from '../../ports/slack-inbox.ts';
import type { SqlRow } from './passage-rows.ts';
import type { Run, SqlValue } from './run.ts';

/** Slack delivers an event again for an hour or so; a week leaves room for the delayed. */
const REMEMBERED_MS = 7 * 24 * 3_600_000;

/** The inbox on any SQL client: each of its methods is one statement, so that none needs a transaction. */
export function createSqlSlackInbox(write: Run): SlackInbox {
  return {
    async receive({ eventId, messageKey, lane, payload }, now) {
      // Either key may be the one that is known.
      const rows = await write(
        `INSERT INTO slack_inbox (event_id, message_key, lane, received_at, due_at, payload)
         VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING key`,
        [eventId, messageKey ?? null, lane, now, now, payload],
      );
      return rows.length > 0;
    },
    async claim({ claim, now, leaseUntil, limit }) {
      const rows = await write(
        `UPDATE slack_inbox SET claim = ?, due_at = ?, attempts = attempts + 1
         WHERE key IN (
           SELECT open.key FROM slack_inbox AS open
           WHERE open.done_at IS NULL AND open.due_at <= ?
             AND NOT EXISTS (
               SELECT 1 FROM slack_inbox AS older
               WHERE older.lane = open.lane AND older.done_at IS NULL AND older.key < open.key
             )
           ORDER BY open.key LIMIT ?
         )
         RETURNING key, event_id, lane, payload, progress, attempts, received_at`,
        [claim, leaseUntil, now, limit],
      );
      return rows.map((row) => toJob(row, claim)).sort((one, other) => one.key - other.key);
    },
    async update({ key, claim }, change) {
      const { set, args } = assignmentsOf(change);
      const rows = await write(
        `UPDATE slack_inbox SET ${set} WHERE key = ? AND claim = ? AND done_at IS NULL RETURNING key`,
        [...args, key, claim],
      );
      if (rows.length === 0) return false;
      if ('now' in change)
        await write('DELETE FROM slack_inbox WHERE done_at < ?', [change.now - REMEMBERED_MS]);
      return true;
    },
  };
}

/** What was said is not kept once it is worked off. */
function assignmentsOf(change: InboxChange): { set: string; args: SqlValue[] } {
  switch (change.type) {
    case 'hold':
      return {
        set: 'due_at = ?, progress = COALESCE(?, progress)',
        args: [change.until, change.progress ?? null],
      };
    case 'retry':
      return { set: 'due_at = ?, claim = NULL', args: [change.until] };
    case 'done':
      return { set: "done_at = ?, progress = NULL, payload = ''", args: [change.now] };
    case 'forget':
      return {
        set: "done_at = ?, message_key = NULL, progress = NULL, payload = ''",
        args: [change.now],
      };
  }
}

function toJob(row: SqlRow, claim: string): InboxJob {
  return {
    key: Number(row.key),
    claim,
    eventId: String(row.event_id),
    lane: String(row.lane),
    payload: String(row.payload),
    ...(row.progress === null ? {} : { progress: String(row.progress) }),
    attempts: Number(row.attempts),
    receivedAt: Number(row.received_at),
  };
}
