import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { InstallationStore } from '../ports/installation-store.ts';
import type { InboxEntry, SlackInbox } from '../ports/slack-inbox.ts';
import type { SlackThreads } from '../ports/slack-threads.ts';

export interface SlackStores {
  readonly inbox: SlackInbox;
  readonly threads: SlackThreads;
  readonly installations: InstallationStore;
}

/** What every inbox, thread store and installation store owes its callers; `create` makes empty ones, `close` ends all it made. */
export function slackStoresConformance(
  name: string,
  create: () => Promise<SlackStores>,
  close: () => Promise<void> = async () => {},
): void {
  let stores: SlackStores;
  beforeEach(async () => {
    stores = await create();
  });
  afterAll(close);

  describe(`${name} keeps the contract of the Slack inbox`, () => {
    test('receives an event once, by its id or by its message', async () => {
      const { inbox } = stores;
      expect(await inbox.receive(entry('Ev1', 'C1:1'), 0)).toBe(true);
      expect(await inbox.receive(entry('Ev1', 'C1:1'), 1)).toBe(false);
      expect(await inbox.receive(entry('Ev2', 'C1:1'), 1)).toBe(false);
      expect(await inbox.receive(entry('Ev1', 'C1:2'), 1)).toBe(false);
      expect(await inbox.receive(entry('Ev3'), 1)).toBe(true);
      expect(await inbox.receive(entry('Ev4'), 1)).toBe(true);
      expect((await claim(inbox, 'a', 5)).map(({ eventId }) => eventId)).toEqual(['Ev1', 'Ev3', 'Ev4']);
    });

    test('an entry is due from its time on', async () => {
      const { inbox } = stores;
      expect(await inbox.receive(entry('Ev1'), 100)).toBe(true);
      expect(await claim(inbox, 'a', 99)).toEqual([]);
      expect(await claim(inbox, 'b', 100)).toHaveLength(1);
    });

    test('of many at once that bring the same, one receives', async () => {
      const received = await Promise.all(
        Array.from({ length: 20 }, (_, at) => stores.inbox.receive(entry(`Ev${at % 2}`, 'C1:1'), at)),
      );
      expect(received.filter(Boolean)).toHaveLength(1);
    });

    test('gives an entry to one claim alone, and to the next when the lease has ended', async () => {
      const { inbox } = stores;
      await inbox.receive(entry('Ev1'), 0);
      const claims = await Promise.all(['a', 'b', 'c'].map((id) => claim(inbox, id, 0, 100)));
      expect(claims.flat()).toHaveLength(1);
      expect(await claim(inbox, 'd', 99)).toEqual([]);
      const [again] = await claim(inbox, 'e', 100);
      expect(again).toMatchObject({
        eventId: 'Ev1',
        lane: 'Ev1',
        attempts: 2,
        receivedAt: 0,
        payload: '{"of":"Ev1"}',
      });
    });

    test('a claim that has ended changes nothing', async () => {
      const { inbox } = stores;
      await inbox.receive(entry('Ev1'), 0);
      const [first] = await claim(inbox, 'a', 0, 100);
      const [second] = await claim(inbox, 'b', 100, 200);
      if (first === undefined || second === undefined) throw new Error('Nothing was claimed.');
      expect(await inbox.update(first, { type: 'hold', until: 999, progress: '{}' })).toBe(false);
      expect(await inbox.update(first, { type: 'done', now: 101 })).toBe(false);
      expect(await inbox.update(second, { type: 'done', now: 102 })).toBe(true);
      expect(await inbox.update(second, { type: 'done', now: 103 })).toBe(false);
    });

    test('holds, lets go and remembers what was noted', async () => {
      const { inbox } = stores;
      await inbox.receive(entry('Ev1'), 0);
      const [job] = await claim(inbox, 'a', 0, 100);
      if (job === undefined) throw new Error('Nothing was claimed.');
      expect(await inbox.update(job, { type: 'hold', until: 300, progress: '{"phase":"posting"}' })).toBe(
        true,
      );
      expect(await inbox.update(job, { type: 'hold', until: 400 })).toBe(true);
      expect(await claim(inbox, 'b', 399)).toEqual([]);
      expect(await inbox.update(job, { type: 'retry', until: 350 })).toBe(true);
      expect(await inbox.update(job, { type: 'hold', until: 999 })).toBe(false);
      expect(await claim(inbox, 'c', 349)).toEqual([]);
      const [again] = await claim(inbox, 'd', 350);
      expect(again).toMatchObject({ progress: '{"phase":"posting"}', attempts: 2 });
    });

    test('works off a lane one after the other, and others meanwhile', async () => {
      const { inbox } = stores;
      for (const [id, lane] of [
        ['Ev1', 'one'],
        ['Ev2', 'one'],
        ['Ev3', 'two'],
      ] as const)
        await inbox.receive({ ...entry(id), lane }, 0);
      const jobs = await claim(inbox, 'a', 0, 100);
      expect(jobs.map(({ eventId }) => eventId)).toEqual(['Ev1', 'Ev3']);
      expect(await claim(inbox, 'b', 1)).toEqual([]);
      for (const job of jobs) await inbox.update(job, { type: 'done', now: 2 });
      expect((await claim(inbox, 'c', 3)).map(({ eventId }) => eventId)).toEqual(['Ev2']);
    });

    test('claims the oldest first, no more than asked for', async () => {
      const { inbox } = stores;
      for (const id of ['Ev1', 'Ev2', 'Ev3']) await inbox.receive(entry(id), 0);
      const jobs = await inbox.claim({ claim: 'a', now: 0, leaseUntil: 100, limit: 2 });
      expect(jobs.map(({ eventId }) => eventId)).toEqual(['Ev1', 'Ev2']);
    });

    test('after `done` a message is known, after `forget` another event of it is received', async () => {
      const { inbox } = stores;
      await inbox.receive(entry('Ev1', 'C1:1'), 0);
      await inbox.receive(entry('Ev2', 'C1:2'), 0);
      const [done, forgotten] = await claim(inbox, 'a', 0, 100);
      if (done === undefined || forgotten === undefined) throw new Error('Too little was claimed.');
      await inbox.update(done, { type: 'done', now: 1 });
      await inbox.update(forgotten, { type: 'forget', now: 1 });
      expect(await inbox.receive(entry('Ev3', 'C1:1'), 2)).toBe(false);
      expect(await inbox.receive(entry('Ev2', 'C1:2'), 2)).toBe(false);
      expect(await inbox.receive(entry('Ev4', 'C1:2'), 2)).toBe(true);
    });
  });

  describe(`${name} keeps the contract of the Slack threads`, () => {
    test('knows the threads in which the bot spoke, and the last of a channel', async () => {
      const { threads } = stores;
      expect(await threads.find('C1', '1.0')).toBeUndefined();
      expect(await threads.find('C1')).toBeUndefined();
      const one = { channel: 'C1', threadTs: '1.0', conversationId: 'conv_1', spokeAt: 10 };
      const two = { channel: 'C1', threadTs: '2.0', conversationId: 'conv_2', spokeAt: 20 };
      for (const thread of [one, two]) await threads.remember(thread);
      expect(await threads.find('C1', '1.0')).toEqual(one);
      expect(await threads.find('C1')).toEqual(two);
      await threads.remember({ ...one, conversationId: 'conv_3', spokeAt: 30 });
      expect(await threads.find('C1', '1.0')).toMatchObject({ conversationId: 'conv_3' });
      expect(await threads.find('C1')).toMatchObject({ threadTs: '1.0' });
      expect(await threads.find('C2', '1.0')).toBeUndefined();
    });
  });

  describe(`${name} keeps the contract of the installation store`, () => {
    test('keeps one installation a workspace, and removes none that is newer than what removed it', async () => {
      const { installations } = stores;
      const first = {
        ...{ teamId: 'T1', teamName: 'Acme', sealedToken: 'sealed', botUserId: 'U1' },
        installedAt: 10,
      };
      expect(await installations.find('T1')).toBeUndefined();
      await installations.save(first);
      await installations.save({ ...first, sealedToken: 'other', installedAt: 20 });
      await installations.remove('T1', 15);
      expect(await installations.find('T1')).toMatchObject({ sealedToken: 'other', installedAt: 20 });
      await installations.remove('T1', 20);
      expect(await installations.find('T1')).toBeUndefined();
      await installations.remove('T2', 20);
    });
  });
}

function entry(eventId: string, messageKey?: string): InboxEntry {
  return {
    eventId,
    ...(messageKey === undefined ? {} : { messageKey }),
    lane: messageKey ?? eventId,
    payload: JSON.stringify({ of: eventId }),
  };
}

function claim(inbox: SlackInbox, id: string, now: number, leaseUntil = now + 1_000) {
  return inbox.claim({ claim: id, now, leaseUntil, limit: 10 });
}
