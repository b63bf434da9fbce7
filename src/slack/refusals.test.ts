import { describe, expect, test } from 'vitest';
import { createMemorySlackInbox } from '../adapters/memory/memory-slack-inbox.ts';
import type { Ask } from '../ask/events.ts';
import { eventOf, signedHeaders, type Trouble } from '../testing/fake-slack.ts';
import { answeredEvents, createFakeAsk } from '../testing/http-fakes.ts';
import { readable, type SlackScene, startScene, until } from '../testing/slack-scene.ts';
import { WORDS } from './words.ts';

const TEXT = '<@U0BOT> How much leave?';
const WHOLE =
  'Every employee has 28 days of leave a year. [1] Up to five days may be carried over until the end of March. [2]';
const SPEAKING = [
  ...['chat.startStream', 'chat.appendStream', 'chat.stopStream', 'chat.postMessage', 'chat.update'],
  ...['chat.delete', 'chat.postEphemeral', 'assistant.threads.setStatus'],
];

/** Slack refuses these calls from now on. */
function refuse(scene: SlackScene, methods: readonly string[], error: string): void {
  for (const method of methods) scene.slack.replies.set(method, () => ({ ok: false, error }));
}

describe('What Slack refuses for good', () => {
  test.each([
    ...['not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action', 'no_permission'],
    ...['missing_scope', 'invalid_auth', 'account_inactive', 'token_revoked', 'messages_tab_disabled'],
    ...['restricted_action_thread_locked', 'ekm_access_denied', 'an_error_of_tomorrow'],
  ])('%s ends the question after a few calls, and the owner is told', async (error) => {
    const ask = createFakeAsk(answeredEvents);
    await using scene = await startScene({ ask });
    refuse(scene, SPEAKING, error);
    const ts = await scene.say({ text: TEXT });
    await until(() => scene.running.reported.some((line) => line.includes(error)));
    await scene.running.bot.worker.idle();
    const calls = scene.slack.calls.length;
    expect(scene.calls('chat.postMessage').length).toBeLessThanOrEqual(2);
    expect(ask.requests).toHaveLength(1);
    await scene.event({
      type: 'message',
      channel_type: 'channel',
      channel: 'C1',
      user: 'U1',
      text: TEXT,
      ts,
    });
    await scene.running.bot.worker.idle();
    expect(scene.slack.calls.slice(calls)).toEqual([]);
  });

  test('also in the midst of an answer, when the bot is removed from the channel', async () => {
    let remove = () => {};
    const removed = new Promise<void>((resolve) => {
      remove = resolve;
    });
    const ask: Ask = async function* ({ question }) {
      const events = answeredEvents(question);
      yield* events.slice(0, 4);
      await removed;
      yield* events.slice(4);
    };
    await using scene = await startScene({ ask });
    await scene.say({ text: TEXT });
    await until(() => scene.calls('chat.startStream').length === 1);
    refuse(scene, SPEAKING, 'not_in_channel');
    remove();
    await until(() => scene.running.reported.some((line) => line.includes('not_in_channel')));
    await scene.running.bot.worker.idle();
    expect(scene.slack.calls.length).toBeLessThan(12);
  });

  test('but not the next question: the bot answers when it may again', async () => {
    await using scene = await startScene();
    refuse(scene, SPEAKING, 'invalid_auth');
    await scene.say({ text: TEXT });
    await until(() => scene.running.reported.length > 0);
    scene.slack.replies.clear();
    expect((await scene.answer(await scene.say({ text: TEXT }))).text).toBe(WHOLE);
  });
});

describe('What Slack refuses in one form comes in another', () => {
  const inForms: [string, Record<string, Trouble[]>][] = [
    [
      'an append to a stream that has ended',
      { 'chat.appendStream': [refused('message_not_in_streaming_state')] },
    ],
    ['an append to a stream that its reader stopped', { 'chat.appendStream': [refused('stopped_by_user')] }],
    ['an append for now', { 'chat.appendStream': [{ kind: 'limited', retryAfterSeconds: 1 }] }],
    ['an append for now, without saying how long', { 'chat.appendStream': [refused('ratelimited')] }],
    ['the end of a stream for now', { 'chat.stopStream': [{ kind: 'limited', retryAfterSeconds: 1 }] }],
    ['the end of a stream for its length', { 'chat.stopStream': [refused('msg_too_long')] }],
    ['the end of a stream for its blocks', { 'chat.stopStream': [refused('msg_blocks_too_long')] }],
    ['the end of a stream for its metadata', { 'chat.stopStream': [refused('metadata_too_large')] }],
    [
      'a change of the kind of blocks',
      { 'chat.stopStream': [refused('invalid_blocks')], 'chat.update': [refused('block_mismatch')] },
    ],
    [
      'an update for now',
      {
        'chat.stopStream': [refused('message_not_in_streaming_state')],
        'chat.update': [{ kind: 'limited', retryAfterSeconds: 1 }],
      },
    ],
    [
      'a message for its metadata',
      {
        'chat.startStream': [refused('unknown_method')],
        'chat.postMessage': [refused('invalid_metadata_schema')],
      },
    ],
    [
      'a message for its blocks, and then for its metadata',
      {
        'chat.startStream': [refused('channel_type_not_supported')],
        'chat.postMessage': [refused('invalid_blocks'), refused('metadata_must_be_sent_from_app')],
      },
    ],
  ];
  test.each(inForms)('%s', async (_, troubles) => {
    await using scene = await startScene({ ask: inSteps });
    for (const [method, kinds] of Object.entries(troubles)) scene.slack.troubles.set(method, [...kinds]);
    const ts = await scene.say({ text: TEXT });
    await until(() => scene.answers(ts).some(({ streaming }) => !streaming));
    await scene.running.bot.worker.idle();
    expect(scene.answers(ts)).toHaveLength(1);
    const answer = readable(scene.answers(ts)[0] as never);
    expect(answer).toContain(WHOLE);
    expect(answer.match(/until the end of March\./g)?.length).toBeGreaterThan(1);
    for (const left of scene.slack.troubles.values()) expect(left).toEqual([]);
  });

  /** Long enough between its sentences that each is shown. */
  const inSteps: Ask = async function* ({ question }) {
    const events = answeredEvents(question);
    yield* events.slice(0, 3);
    for (const event of events.slice(3)) {
      if (event.type === 'text-delta' || event.type === 'answer-end')
        await new Promise((resolve) => setTimeout(resolve, 750));
      yield event;
    }
  };
});

describe('A word that the bot looks for an answer', () => {
  test('is taken away again when it comes after the answer', async () => {
    await using scene = await startScene();
    scene.slack.troubles.set('assistant.threads.setStatus', [{ kind: 'limited', retryAfterSeconds: 6 }]);
    await scene.answer(await scene.say({ text: TEXT }));
    const statuses = () =>
      scene.calls('assistant.threads.setStatus').map(({ args, status }) => [status, args.status]);
    await until(() => statuses().at(-1)?.[1] === '');
    expect(statuses()).toEqual([
      [429, WORDS.status],
      [200, WORDS.status],
      [200, ''],
    ]);
  });
});

describe('While Slack does not say who the bot is', () => {
  test('a message that mentions somebody waits for it, since its mention is taken for the same', async () => {
    const inbox = createMemorySlackInbox();
    await using scene = await startScene({ inbox });
    scene.slack.troubles.set('auth.test', [refused('internal_error')]);
    const ts = scene.slack.workspace.say('C1', 'U1', TEXT);
    const base = { channel: 'C1', user: 'U1', text: TEXT, ts };
    for (const event of [
      { type: 'message', channel_type: 'channel', ...base },
      { type: 'app_mention', ...base },
    ]) {
      const { authorizations: _, ...envelope } = eventOf(event);
      const body = JSON.stringify(envelope);
      const url = `${scene.running.url}/slack/events`;
      expect((await fetch(url, { method: 'POST', body, headers: signedHeaders(body) })).status).toBe(200);
    }
    await scene.answer(ts);
    expect(scene.answers(ts)).toHaveLength(1);
  });
});

function refused(error: string): Trouble {
  return { kind: 'refused', error };
}
