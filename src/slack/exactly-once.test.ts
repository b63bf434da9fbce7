import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openLibsqlSlackStores } from '../adapters/libsql/libsql-slack-stores.ts';
import { createMemorySlackInbox } from '../adapters/memory/memory-slack-inbox.ts';
import { createMemorySlackThreads } from '../adapters/memory/memory-slack-threads.ts';
import type { Ask } from '../ask/events.ts';
import type { SlackInbox } from '../ports/slack-inbox.ts';
import { deliver, eventOf, signedHeaders, type Trouble } from '../testing/fake-slack.ts';
import { answeredEvents, createFakeAsk } from '../testing/http-fakes.ts';
import { createStoringAsk, runSlackBot } from '../testing/run-slack-bot.ts';
import { readable, startScene, until } from '../testing/slack-scene.ts';

const TEXT = '<@U0BOT> How much leave?';

describe('A question is answered once', () => {
  test('however often its event comes, whatever its retry number', async () => {
    const ask = createFakeAsk(answeredEvents);
    await using scene = await startScene({ ask });
    const ts = scene.slack.workspace.say('C1', 'U1', TEXT);
    const body = JSON.stringify(eventOf({ type: 'app_mention', channel: 'C1', user: 'U1', text: TEXT, ts }));
    const send = (retry: string) =>
      fetch(`${scene.running.url}/slack/events`, {
        ...{ method: 'POST', body },
        headers: {
          ...signedHeaders(body),
          'x-slack-retry-num': retry,
          'x-slack-retry-reason': 'http_timeout',
        },
      });
    const statuses = (await Promise.all(['1', '2', '3', '1'].map(send))).map(({ status }) => status);
    await scene.answer(ts);
    statuses.push((await send('3')).status);
    await scene.running.bot.worker.idle();
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(scene.answers(ts)).toHaveLength(1);
    expect(ask.requests).toHaveLength(1);
  });

  test('when it comes as a mention and as a message, in either order', async () => {
    await using scene = await startScene();
    for (const types of [['app_mention', 'message'] as const, ['message', 'app_mention'] as const]) {
      const ts = scene.slack.workspace.say('C1', 'U1', TEXT);
      for (const type of types) {
        const base = { type, channel: 'C1', user: 'U1', text: TEXT, ts };
        await scene.event(type === 'message' ? { ...base, channel_type: 'channel' } : base);
      }
      await scene.answer(ts);
      expect(scene.answers(ts)).toHaveLength(1);
    }
  });

  test('a message that was not for the bot does not swallow the mention of it that comes later', async () => {
    await using scene = await startScene();
    const root = await scene.say({ text: 'Lunch?', type: 'message' });
    const ts = scene.slack.workspace.say('C1', 'U1', '<@U0BOTNEW> when?', root);
    const base = { channel: 'C1', user: 'U1', text: '<@U0BOTNEW> when?', ts, thread_ts: root };
    await scene.event({ type: 'message', channel_type: 'channel', ...base, text: 'when?' });
    await scene.running.bot.worker.idle();
    expect(scene.answers(root)).toEqual([]);
    await scene.event({ type: 'app_mention', ...base });
    await scene.answer(root);
    expect(scene.answers(root)).toHaveLength(1);
  });

  test('when its event was lost, by the retry', async () => {
    await using scene = await startScene();
    const ts = scene.slack.workspace.say('C1', 'U1', TEXT);
    let tries = 0;
    const event = eventOf({ type: 'app_mention', channel: 'C1', user: 'U1', text: TEXT, ts });
    // Nobody listens to the first two.
    const target = () => (++tries <= 2 ? 'http://127.0.0.1:9/' : `${scene.running.url}/slack/events`);
    expect(await deliver(target, event, { hurry: 100_000 })).toBe(true);
    await scene.answer(ts);
    expect(scene.answers(ts)).toHaveLength(1);
  });

  test('by one of two instances on one store', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ibid-two-'));
    const path = join(folder, 'slack.db');
    const [one, two] = [await openLibsqlSlackStores({ path }), await openLibsqlSlackStores({ path })];
    const ask = createFakeAsk(answeredEvents);
    {
      await using scene = await startScene({ ask, ...one });
      await using second = await runSlackBot(scene.slack, { ask, ...two });
      const asked: string[] = [];
      for (let at = 0; at < 20; at++) {
        const ts = scene.slack.workspace.say('C1', 'U1', TEXT);
        const event = eventOf({ type: 'app_mention', channel: 'C1', user: 'U1', text: TEXT, ts });
        await Promise.all(
          [scene.running, second].map(({ url }) => deliver(() => `${url}/slack/events`, event)),
        );
        asked.push(ts);
      }
      for (const ts of asked) await scene.answer(ts);
      await second.bot.worker.idle();
      expect(asked.map((ts) => scene.answers(ts).length)).toEqual(asked.map(() => 1));
      expect(ask.requests).toHaveLength(20);
    }
    for (const stores of [one, two]) await stores.close();
    await rm(folder, { recursive: true });
  });

  test('by whoever takes over from an instance that hangs, and that one then keeps quiet', async () => {
    const stores = { inbox: createMemorySlackInbox(), threads: createMemorySlackThreads() };
    let wakeUp = () => {};
    const asleep = new Promise<void>((resolve) => {
      wakeUp = resolve;
    });
    const hangs: Ask = async function* ({ question }) {
      const events = answeredEvents(question);
      yield* events.slice(0, 4);
      await asleep;
      yield* events.slice(4);
    };
    let claims = 0;
    const inbox: SlackInbox = {
      ...stores.inbox,
      // It renews nothing while it hangs, and looks for no more work.
      claim: async (claim) => {
        const jobs = claims > 0 ? [] : await stores.inbox.claim(claim);
        claims += jobs.length;
        return jobs;
      },
      update: async (job, change) =>
        (change.type === 'hold' && change.progress === undefined) || stores.inbox.update(job, change),
    };
    await using scene = await startScene({ ask: hangs, leaseMs: 300, threads: stores.threads, inbox });
    const ts = await scene.say({ text: TEXT });
    await until(() => scene.answers(ts).length === 1 || scene.calls('chat.startStream').length > 0);
    await using second = await runSlackBot(scene.slack, stores);
    await until(() => scene.answers(ts).some(({ streaming }) => !streaming));
    wakeUp();
    await sleep(300);
    await second.bot.worker.idle();
    expect(scene.answers(ts)).toHaveLength(1);
    expect(readable(scene.answers(ts)[0] as never)).toContain('end of March. [2]');
  });
});

describe('When Slack does not say what came of a message', () => {
  const inPlaces: [string, Record<string, Trouble[]>][] = [
    ['the start of the stream is done, but its reply lost', { 'chat.startStream': [{ kind: 'lost' }] }],
    ['the start of the stream is not done', { 'chat.startStream': [{ kind: 'down' }] }],
    [
      'the start of the stream is done, but reported as failed',
      { 'chat.startStream': [{ kind: 'server-error' }] },
    ],
    ['the end of the stream is done, but its reply lost', { 'chat.stopStream': [{ kind: 'lost' }] }],
    ['the end of the stream is not done', { 'chat.stopStream': [{ kind: 'down' }] }],
    ['the end of the stream takes too long', { 'chat.stopStream': [{ kind: 'slow', ms: 2_000 }] }],
    [
      'updates fail as well',
      { 'chat.stopStream': [{ kind: 'down' }], 'chat.update': [{ kind: 'down' }, { kind: 'lost' }] },
    ],
  ];
  test.each(inPlaces)('%s: there is one answer, and it is whole', async (_, troubles) => {
    await using scene = await startScene();
    for (const [method, kinds] of Object.entries(troubles)) scene.slack.troubles.set(method, [...kinds]);
    const ts = await scene.say({ text: TEXT });
    await scene.answer(ts);
    await until(() => readable(scene.answers(ts)[0] as never).includes('[2] '));
    await scene.running.bot.worker.idle();
    expect(scene.answers(ts)).toHaveLength(1);
    expect(scene.answers(ts)[0]?.streaming).toBe(false);
  });

  test.each(['lost', 'down', 'server-error'] as const)(
    'without streams, a post that is %s is there once',
    async (kind) => {
      await using scene = await startScene();
      scene.slack.workspace.removed.add('chat.startStream');
      scene.slack.troubles.set('chat.postMessage', [{ kind }, { kind }]);
      const ts = await scene.say({ text: TEXT });
      await scene.answer(ts);
      expect(scene.answers(ts)).toHaveLength(1);
    },
  );

  test.each(['chat.startStream', 'chat.postMessage'])(
    'and takes a %s after all when another message stands in its place, that one goes',
    async (method) => {
      await using scene = await startScene();
      if (method === 'chat.postMessage') scene.slack.workspace.removed.add('chat.startStream');
      // Longer than the call and all that looks for it.
      scene.slack.troubles.set(method, [{ kind: 'slow', ms: 6_000 }]);
      const ts = await scene.say({ text: TEXT });
      await until(() => scene.answers(ts).length === 2);
      await until(() => scene.answers(ts).length === 1);
      await scene.running.bot.worker.idle();
      expect(scene.answers(ts)).toHaveLength(1);
      expect(scene.answers(ts)[0]?.streaming).toBe(false);
      expect(readable(scene.answers(ts)[0] as never)).toContain('[2] ');
    },
    60_000,
  );

  test('nor of what would take a second one away, that one goes all the same', async () => {
    await using scene = await startScene();
    scene.slack.troubles.set('chat.startStream', [{ kind: 'slow', ms: 6_000 }]);
    const ts = await scene.say({ text: TEXT });
    await until(() => scene.answers(ts).length === 2);
    const methods = ['conversations.replies', 'chat.stopStream', 'chat.delete'];
    // More often than one call is tried again.
    for (const method of methods)
      scene.slack.troubles.set(
        method,
        Array.from({ length: 5 }, () => ({ kind: 'down' })),
      );
    await until(() => scene.answers(ts).length === 1, 50_000);
    expect(scene.answers(ts)[0]?.streaming).toBe(false);
    expect(methods.flatMap((method) => scene.slack.troubles.get(method))).toEqual([]);
  }, 70_000);

  test('and is away for long, the answer comes when it is back', async () => {
    await using scene = await startScene();
    scene.slack.troubles.set(
      '*',
      Array.from({ length: 14 }, () => ({ kind: 'down' })),
    );
    const ts = await scene.say({ text: TEXT });
    await scene.answer(ts);
    expect(scene.answers(ts)).toHaveLength(1);
  });
});

describe('When an answer fails', () => {
  test('it is tried again, and the thread hears of it only when that fails too', async () => {
    let tries = 0;
    const fails: Ask = async function* () {
      tries += 1;
      yield { type: 'ask-error', code: 'model_failed', message: 'http://secret-host refused the key' };
    };
    await using scene = await startScene({ ask: fails });
    const ts = await scene.say({ text: TEXT });
    const said = readable(await scene.answer(ts));
    expect(said).toContain('could not answer');
    expect(said).not.toContain('secret-host');
    expect(tries).toBe(3);
    expect(scene.answers(ts)).toHaveLength(1);
    expect(scene.running.reported.join()).toContain('secret-host');
  });

  test('for a moment alone, the answer comes', async () => {
    let tries = 0;
    const answers = createStoringAsk();
    const ask: Ask = async function* (request) {
      if (++tries === 1) throw new Error('gone wrong');
      yield* answers(request);
    };
    await using scene = await startScene({ ask });
    expect(readable(await scene.answer(await scene.say({ text: TEXT })))).toContain('28 days');
  });

  test('after it has begun to show, the thread hears that too, in the same message', async () => {
    const breaks: Ask = async function* ({ question }) {
      yield* answeredEvents(question).slice(0, 4);
      yield { type: 'ask-error', code: 'bad_request', message: 'That is no question that I can answer.' };
    };
    await using scene = await startScene({ ask: breaks });
    const ts = await scene.say({ text: TEXT });
    await until(() => scene.answers(ts).some(({ text }) => text.includes('no question')));
    await scene.running.bot.worker.idle();
    expect(scene.answers(ts)).toHaveLength(1);
  });

  test('for a reason that nobody thought of, the thread hears it all the same', async () => {
    await using scene = await startScene({
      threads: {
        find: async () => {
          throw new Error('The disk is gone.');
        },
        remember: async () => {},
      },
    });
    const ts = await scene.say({ text: 'How much leave?', channel: 'D1', type: 'message' });
    expect(readable(await scene.answer(ts))).toContain('something went wrong on my side');
    expect(scene.answers(ts)).toHaveLength(1);
    expect(scene.running.reported.join()).toContain('The disk is gone.');
  });

  test('because Slack lets nobody post there, the owner is told and nothing hangs', async () => {
    await using scene = await startScene();
    const ts = await scene.say({ text: TEXT, channel: 'C0CLOSED' });
    await until(() => scene.running.reported.some((line) => line.includes('not_in_channel')));
    await scene.running.bot.worker.idle();
    expect(scene.answers(ts)).toEqual([]);
  });
});

describe('Questions of one thread', () => {
  test('are answered one after the other, others meanwhile', async () => {
    let running = 0;
    let most = 0;
    const answers = createStoringAsk();
    const ask: Ask = async function* (request) {
      running += 1;
      most = Math.max(most, running);
      try {
        await sleep(50);
        yield* answers(request);
      } finally {
        running -= 1;
      }
    };
    await using scene = await startScene({ ask });
    const ts = await scene.say({ text: TEXT });
    for (const text of ['one?', 'two?', 'three?'])
      await scene.say({ text: `<@U0BOT> ${text}`, threadTs: ts });
    await until(() => scene.answers(ts).filter(({ streaming }) => !streaming).length === 4);
    expect(most).toBe(1);
    const roots = await Promise.all(Array.from({ length: 4 }, () => scene.say({ text: TEXT })));
    for (const root of roots) await scene.answer(root);
    expect(most).toBeGreaterThan(1);
  });
});
