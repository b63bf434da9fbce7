import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliver, signedHeaders } from '../testing/fake-slack.ts';
import { answeredEvents, createFakeAsk } from '../testing/http-fakes.ts';
import { readable, type SlackScene, startScene } from '../testing/slack-scene.ts';
import { WORDS } from './words.ts';

const LEAVE = 'Every employee has 28 days of leave a year. [1]';

describe('What the bot hears', () => {
  let scene: SlackScene;
  beforeAll(async () => {
    scene = await startScene();
  });
  afterAll(() => scene[Symbol.asyncDispose]());

  const post = (path: string, body: string, headers: Record<string, string>) =>
    fetch(`${scene.running.url}${path}`, { method: 'POST', body, headers });

  test('the challenge of Slack’s url_verification is given back', async () => {
    const body = JSON.stringify({ type: 'url_verification', token: 'x', challenge: '3eZbrw1aB' });
    const response = await post('/slack/events', body, signedHeaders(body));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ challenge: '3eZbrw1aB' });
  });

  test('a request that Slack did not sign, or not lately, is refused, and nothing is done', async () => {
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c' });
    const now = Date.now();
    const refused = [
      {},
      { 'x-slack-signature': signedHeaders(body)['x-slack-signature'] ?? '' },
      { 'x-slack-request-timestamp': String(Math.floor(now / 1000)) },
      signedHeaders(body, { secret: 'other' }),
      signedHeaders(body, { at: now - 310_000 }),
      signedHeaders(body, { at: now + 310_000 }),
      signedHeaders(`${body} `),
    ];
    for (const path of ['/slack/events', '/slack/commands', '/slack/interactions']) {
      for (const headers of refused) expect((await post(path, body, headers)).status).toBe(401);
    }
  });

  test('a mention is answered in its thread', async () => {
    const ts = await scene.say({ text: '<@U0BOT> How much leave?' });
    expect(readable(await scene.answer(ts))).toContain(LEAVE);
  });

  test('a direct message is answered in its thread', async () => {
    const ts = await scene.say({ text: 'How much leave?', channel: 'D1', type: 'message' });
    expect(readable(await scene.answer(ts))).toContain(LEAVE);
  });

  test('also one whose event leaves out the kind of its channel', async () => {
    const ts = await scene.say({
      ...{ text: 'How much leave?', channel: 'D1', type: 'message' },
      more: { channel_type: null },
    });
    expect(readable(await scene.answer(ts))).toContain(LEAVE);
  });

  test('a reply is answered where the bot has spoken, without a mention, and nowhere else', async () => {
    const ts = await scene.say({ text: '<@U0BOT> How much leave?' });
    await scene.answer(ts);
    await scene.say({ text: 'And how much of it is carried over?', type: 'message', threadTs: ts });
    const among = await scene.say({ text: 'Lunch?', type: 'message' });
    await scene.say({ text: 'Yes, at noon?', type: 'message', threadTs: among });
    await scene.running.bot.worker.idle();
    expect(scene.answers(ts)).toHaveLength(2);
    expect(scene.answers(among)).toEqual([]);
  });

  test('a reply that is addressed to somebody else is left to them', async () => {
    const ts = await scene.say({ text: '<@U0BOT> How much leave?' });
    await scene.answer(ts);
    await scene.say({ text: '<@U7> do you know?', type: 'message', threadTs: ts });
    await scene.running.bot.worker.idle();
    expect(scene.answers(ts)).toHaveLength(1);
  });

  test('a mention in a thread that is not the bot’s is answered there, and then the thread is the bot’s', async () => {
    const ts = await scene.say({ text: 'Who knows about leave?', type: 'message' });
    const mention = '<@U0BOT> how much is it?';
    await scene.say({ text: mention, threadTs: ts });
    await scene.answer(ts);
    await scene.say({ text: 'Thanks, and carried over?', type: 'message', threadTs: ts });
    await scene.running.bot.worker.idle();
    expect(scene.answers(ts)).toHaveLength(2);
  });

  test('own and other bots’ messages, edits, joins and the like are ignored', async () => {
    const before = scene.slack.calls.length;
    const base = { channel: 'D9', channel_type: 'im', user: 'U1', text: 'How much leave?' };
    let at = 0;
    const message = (more: Record<string, unknown>) =>
      scene.event({ type: 'message', ts: `1800000000.${String(++at).padStart(6, '0')}`, ...base, ...more });
    await message({ bot_id: 'B7' });
    await message({ subtype: 'bot_message', bot_id: 'B7', user: undefined });
    await message({ user: 'U0BOT' });
    await message({ user: 'USLACKBOT' });
    await message({ subtype: 'message_changed', message: { text: 'x' } });
    await message({ subtype: 'message_deleted' });
    await message({ subtype: 'channel_join' });
    await message({ edited: { user: 'U1', ts: '1800000001.000000' } });
    await scene.event({ type: 'reaction_added', user: 'U1' });
    await scene.event({ type: 'member_joined_channel', user: 'U1', channel: 'C1' });
    await scene.running.bot.worker.idle();
    expect(scene.slack.calls.slice(before)).toEqual([]);
  });

  test('an empty mention and a file get a fitting word, and so is a reply to that heard', async () => {
    const empty = await scene.say({ text: ' <@U0BOT> ' });
    expect(readable(await scene.answer(empty))).toContain(WORDS.empty);
    await scene.say({ text: 'How much leave?', type: 'message', threadTs: empty });
    await scene.running.bot.worker.idle();
    expect(readable(await scene.answer(empty))).toContain(LEAVE);

    const files = { subtype: 'file_share', files: [{ id: 'F1', name: 'rules.pdf' }] };
    const file = await scene.say({ text: '', channel: 'D1', type: 'message', more: files });
    expect(readable(await scene.answer(file))).toContain(WORDS.fileOnly);
    const both = await scene.say({ text: 'How much leave?', channel: 'D1', type: 'message', more: files });
    const answered = readable(await scene.answer(both));
    expect(answered).toContain(LEAVE);
    expect(answered).toContain(WORDS.fileToo);
  });

  test('a question that is too long gets a word as well', async () => {
    const ts = await scene.say({ text: `<@U0BOT> ${'why '.repeat(600)}` });
    expect(readable(await scene.answer(ts))).toContain('longer than I can read');
  });

  test('whatever is in the body, signed requests are answered with 200 or 400', async () => {
    const known = fc.constantFrom(
      'event_callback',
      'url_verification',
      'app_mention',
      'message',
      'im',
      '1.1',
      'U1',
    );
    const key = fc.constantFrom(
      ...['type', 'event', 'event_id', 'team_id', 'channel', 'user', 'text', 'ts', 'thread_ts', 'files'],
      ...[
        'authorizations',
        'channel_type',
        'challenge',
        'assistant_thread',
        'tab',
        'tokens',
        'actions',
        'view',
      ],
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        known,
        fc.string(),
        fc.constant(null),
        fc.integer(),
        tie('object'),
        tie('array'),
      ),
      object: fc.dictionary(key, tie('value'), { maxKeys: 8 }),
      array: fc.array(tie('value'), { maxLength: 3 }),
    }));
    const bodies = fc.oneof(
      fc.string({ maxLength: 200 }),
      value.map((json) => JSON.stringify(json)),
      value.map((json) =>
        JSON.stringify({ type: 'event_callback', event_id: 'EvFuzz', team_id: 'T1', event: json }),
      ),
      value.map((json) => `payload=${encodeURIComponent(JSON.stringify(json))}`),
    );
    const path = fc.constantFrom('/slack/events', '/slack/commands', '/slack/interactions');
    await fc.assert(
      fc.asyncProperty(path, bodies, async (to, body) => {
        const response = await post(to, body, signedHeaders(body));
        await response.text();
        expect([200, 400]).toContain(response.status);
      }),
      { numRuns: 300 },
    );
  });

  test('a body that is larger than anything Slack sends is refused unread', async () => {
    const body = 'x'.repeat(1_200_000);
    expect((await post('/slack/events', body, signedHeaders(body))).status).toBe(413);
  });
});

describe('While an answer is under way', () => {
  test('an edit or the deletion of its question changes nothing, and makes no second answer', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const ask = createFakeAsk(answeredEvents);
    await using scene = await startScene({
      async *ask(request) {
        const events = ask(request);
        await held;
        yield* events;
      },
    });
    const text = '<@U0BOT> how much leave?';
    const ts = await scene.say({ text });
    const edited = {
      type: 'message',
      user: 'U1',
      text: `${text} please`,
      ts,
      edited: { user: 'U1', ts: '1800000000.1' },
    };
    const base = { type: 'message', channel: 'C1', channel_type: 'channel', ts: '1800000000.000100' };
    await scene.event({
      ...base,
      subtype: 'message_changed',
      message: edited,
      previous_message: { text, ts },
    });
    await scene.event({ ...edited, type: 'app_mention', channel: 'C1' });
    await scene.event({ ...base, subtype: 'message_deleted', deleted_ts: ts });
    release();
    await scene.answer(ts);
    expect(scene.answers(ts)).toHaveLength(1);
    expect(ask.requests).toHaveLength(1);
  });
});

describe('In a thread of several people', () => {
  test('each question is answered once, in turn, and what they say to each other is left alone', async () => {
    const ask = createFakeAsk(answeredEvents);
    await using scene = await startScene({ ask });
    const root = await scene.say({ text: '<@U0BOT> one?', user: 'U1' });
    const replies = [
      { text: 'two?', user: 'U2', type: 'message' },
      { text: '<@U3> you know that', user: 'U2', type: 'message' },
      { text: '<@U0BOT> three?', user: 'U3', type: 'app_mention' },
      { text: 'and you, <@U0BOT>?', user: 'U1', type: 'message' },
    ] as const;
    await scene.answer(root);
    for (const reply of replies) await scene.say({ ...reply, threadTs: root });
    await scene.running.bot.worker.idle();
    expect(ask.requests.map(({ question }) => question)).toEqual(['one?', 'two?', 'three?', 'and you?']);
    expect(scene.answers(root)).toHaveLength(4);
    expect(scene.calls('chat.startStream').map(({ args }) => args.recipient_user_id)).toEqual([
      'U1',
      'U2',
      'U3',
      'U1',
    ]);
  });
});

describe('What is asked', () => {
  test('is the message as its writer sees it, and names come from Slack once', async () => {
    const ask = createFakeAsk(answeredEvents);
    await using scene = await startScene({ ask });
    const text = '<@U0BOT> may <@U2> &amp; <@U2> from <#C2|> see <https://a.example|this>?';
    await scene.answer(await scene.say({ text }));
    await scene.answer(await scene.say({ text }));
    expect(ask.requests.map(({ question }) => question)).toEqual([
      'may Orla & Orla from #name-of-C2 see this?',
      'may Orla & Orla from #name-of-C2 see this?',
    ]);
    expect(scene.calls('users.info')).toHaveLength(1);
  });

  test('comes from the channels on the list alone, and others hear where to ask', async () => {
    const ask = createFakeAsk(answeredEvents);
    await using scene = await startScene({ ask, settings: { channels: ['C1'] } });
    const elsewhere = await scene.say({ text: '<@U0BOT> how much leave?', channel: 'C2' });
    await scene.running.bot.worker.idle();
    expect(scene.answers(elsewhere)).toEqual([]);
    expect(scene.slack.workspace.ephemeral).toMatchObject([{ channel: 'C2', user: 'U1' }]);
    expect(scene.slack.workspace.ephemeral[0]?.text).toContain('<#C1>');
    await scene.answer(await scene.say({ text: '<@U0BOT> how much leave?' }));
    await scene.answer(await scene.say({ text: 'how much leave?', channel: 'D1', type: 'message' }));
    expect(ask.requests).toHaveLength(2);
  });

  test('is answered from the documents that are open to the channel', async () => {
    const ask = createFakeAsk(answeredEvents);
    const filters = { C1: { team: 'hr' }, dm: { public: true }, '*': { team: ['hr', 'it'] } };
    await using scene = await startScene({ ask, settings: { filters } });
    await scene.answer(await scene.say({ text: '<@U0BOT> one?' }));
    await scene.answer(await scene.say({ text: '<@U0BOT> two?', channel: 'C2' }));
    await scene.answer(await scene.say({ text: 'three?', channel: 'D1', type: 'message' }));
    expect(ask.requests.map(({ filter }) => filter)).toEqual([
      { team: 'hr' },
      { team: ['hr', 'it'] },
      { public: true },
    ]);
  });

  test('events are acknowledged while the answer still takes its time', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await using scene = await startScene({
      async *ask({ question }) {
        await held;
        yield* answeredEvents(question);
      },
    });
    const ts = await scene.say({ text: '<@U0BOT> how much leave?' });
    expect(scene.running.reported).toEqual([]);
    expect(scene.answers(ts)).toEqual([]);
    release();
    await scene.answer(ts);
  });

  test('an event that cannot be stored in time is not acknowledged, so that Slack sends it again', async () => {
    await using scene = await startScene({
      inbox: {
        receive: () => new Promise(() => {}),
        claim: async () => [],
        update: async () => false,
      },
    });
    const body = JSON.stringify({
      ...{ type: 'event_callback', event_id: 'Ev1', team_id: 'T1' },
      event: { type: 'app_mention', channel: 'C1', user: 'U1', text: 'x', ts: '1.1' },
    });
    const response = await fetch(`${scene.running.url}/slack/events`, {
      ...{ method: 'POST', body, headers: signedHeaders(body) },
    });
    expect(response.status).toBe(503);
    expect(await deliver(() => 'http://127.0.0.1:9/none', body, { hurry: 100_000 })).toBe(false);
  });
});
