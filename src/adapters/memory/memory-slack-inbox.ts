import type { InboxEntry, InboxJob, SlackInbox } from '../../ports/slack-inbox.ts';

interface Row extends InboxEntry {
  readonly key: number;
  readonly receivedAt: number;
  dueAt: number;
  attempts: number;
  done: boolean;
  forgotten: boolean;
  claim?: string | undefined;
  progress?: string;
}

/** An inbox that lasts as long as the process: for tests. */
export function createMemorySlackInbox(): SlackInbox {
  const rows: Row[] = [];
  const isFree = (row: Row, now: number) =>
    !row.done &&
    row.dueAt <= now &&
    !rows.some((older) => older.lane === row.lane && !older.done && older.key < row.key);
  return {
    async receive(entry, now) {
      const known = rows.some(
        ({ eventId, messageKey, forgotten }) =>
          eventId === entry.eventId ||
          (!forgotten && messageKey !== undefined && messageKey === entry.messageKey),
      );
      if (known) return false;
      const key = rows.length + 1;
      rows.push({ ...entry, key, receivedAt: now, dueAt: now, attempts: 0, done: false, forgotten: false });
      return true;
    },
    async claim({ claim, now, leaseUntil, limit }) {
      const free = rows.filter((row) => isFree(row, now)).slice(0, limit);
      return free.map((row): InboxJob => {
        row.claim = claim;
        row.dueAt = leaseUntil;
        row.attempts += 1;
        const { key, eventId, lane, payload, progress, attempts, receivedAt } = row;
        const noted = progress === undefined ? {} : { progress };
        return { key, claim, eventId, lane, payload, ...noted, attempts, receivedAt };
      });
    },
    async update({ key, claim }, change) {
      const row = rows[key - 1];
      if (row === undefined || row.claim !== claim || row.done) return false;
      if ('until' in change) row.dueAt = change.until;
      else row.done = true;
      if (change.type === 'hold' && change.progress !== undefined) row.progress = change.progress;
      if (change.type === 'retry') row.claim = undefined;
      if (change.type === 'forget') row.forgotten = true;
      return true;
    },
  };
}
