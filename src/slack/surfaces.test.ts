import { describe, expect, test } from 'vitest';
import { createMemoryConversationStore } from '../adapters/memory/memory-conversation-store.ts';
import type { Ask } from '../ask/events.ts';
import { DOUBT } from '../model/doubt.ts';
import { signedHeaders } from '../testing/fake-slack.ts';
import { isSoundBlock } from '../testing/fake-slack-limits.ts';
import { CLOSED_CHANNEL } from '../testing/fake-slack-workspace.ts';
import { answeredEvents, createFakeAsk, doubtfulEvents } from '../testing/http-fakes.ts';
import { longAnswerEvents } from '../testing/long-answer-events.ts';
import { createStoringAsk } from '../testing/run-slack-bot.ts';
import { readable, type SlackScene, startScene, until } from '../testing/slack-scene.ts';
import { ACTIONS } from './action-blocks.ts';
import { WORDS } from './words.ts';

const TEXT = '<@U0BOT> How much leave?';
const LEAVE = 'Every employee has 28 days of leave a year.';
const FORM = 'application/x-www-form-urlencoded';

async function postForm(scene: SlackScene, path: string, fields: Record<string, string>): Promise<unknown> {
  const body = new URLSearchParams(fields).toString();
  const headers = signedHeaders(body, { type: FORM });
  const response = await fetch(`${scene.running.url}/slack/${path}`, { method: 'POST', body, headers });
  expect(response.status).toBe(200);
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

function command(scene: SlackScene, text: string, more: Record<string, string> = {}): Promise<unknown> {
  return postForm(scene, 'commands', {
    ...{ command: '/ask', text, team_id: 'T1', channel_id: 'C1', user_id: 'U1' },
    ...{ response_url: scene.slack.responseUrl(), trigger_id: crypto.randomUUID(), ...more },
  });
}

function click(scene: SlackScene, action: object, more: object = {}): Promise<unknown> {
  const payload = {
    ...{ type: 'block_actions', team: { id: 'T1' }, user: { id: 'U1' }, channel: { id: 'C1' } },
    ...{ trigger_id: crypto.randomUUID(), response_url: scene.slack.responseUrl(), actions: [action] },
    ...more,
  };
  return postForm(scene, 'interactions', { payload: JSON.stringify(payload) });
}

async function sceneThatKeeps(settings = {}, eventsOf = answeredEvents): Promise<SlackScene> {
  const conversations = createMemoryConversationStore();
  return startScene({ conversations, ask: createStoringAsk(conversations, eventsOf), settings });
}

/** The button of a kind in what was shown. */
function buttonIn(shown: unknown, actionId: string): { action_id: string; value: string } {
  const value = new RegExp(`"action_id":"${actionId}","value":"([^"]+)"`).exec(JSON.stringify(shown))?.[1];
  if (value === undefined) throw new Error(`There is no ${actionId}.`);
  return { action_id: actionId, value };
}

describe('/ask', () => {
  test('is acknowledged at once, and answered to the one who asked, in place of that', async () => {
    await using scene = await startScene();
    expect(await command(scene, 'How much leave?')).toEqual({
      response_type: 'ephemeral',
      text: WORDS.lookingUp,
    });
    await until(() => scene.slack.responses.length === 1);
    const [response] = scene.slack.responses;
    expect(response).toMatchObject({ response_type: 'ephemeral', replace_original: true });
    expect(JSON.stringify(response)).toContain(`${LEAVE} [1]`);
    expect([response?.blocks].flat().every(isSoundBlock)).toBe(true);
    expect(scene.calls('chat.postMessage')).toEqual([]);
  });

  test('is answered once when it comes twice', async () => {
    await using scene = await startScene();
    const trigger_id = '1.2.3';
    for (let at = 0; at < 2; at++) await command(scene, 'How much leave?', { trigger_id });
    await scene.running.bot.worker.idle();
    expect(scene.slack.responses).toHaveLength(1);
  });

  test('without a question, or where the bot does not answer, gets a word', async () => {
    await using scene = await startScene({ settings: { channels: ['C1'] } });
    expect(await command(scene, ' ')).toEqual({ response_type: 'ephemeral', text: WORDS.command });
    expect(await command(scene, 'x?', { channel_id: 'C2' })).toMatchObject({
      text: expect.stringContaining('<#C1>'),
    });
    expect(await postForm(scene, 'commands', { ssl_check: '1', token: 'x' })).toBeUndefined();
    await scene.running.bot.worker.idle();
    expect(scene.slack.responses).toEqual([]);
  });

  test('that fails is told of', async () => {
    const fails: Ask = async function* () {
      yield { type: 'ask-error', code: 'bad_request', message: 'That is no question.' };
    };
    await using scene = await startScene({ ask: fails });
    await command(scene, 'How?');
    await until(() => scene.slack.responses.length === 1);
    expect(scene.slack.responses[0]?.text).toBe('That is no question.');
  });

  test('reaches the one who asked when the response_url does not take it any more', async () => {
    await using scene = await startScene();
    await command(scene, 'How much leave?', { response_url: `${scene.slack.url}/api/none` });
    await command(scene, 'How much leave?', { response_url: 'http://127.0.0.1:9/gone' });
    await until(() => scene.slack.workspace.ephemeral.length >= 1);
    expect(JSON.stringify(scene.slack.workspace.ephemeral[0])).toContain(LEAVE);
  });

  test('comes as text when its blocks are not taken, and all of it when it is longer than the address may be used', async () => {
    await using scene = await startScene();
    scene.slack.refuseResponse = ({ blocks }) => (blocks === undefined ? undefined : 'invalid_blocks');
    await command(scene, 'How much leave?');
    await until(() => scene.slack.responses.length === 1);
    expect(scene.slack.responses[0]).toMatchObject({ replace_original: true });
    expect(String(scene.slack.responses[0]?.text).split(LEAVE).length).toBeGreaterThan(2);
    expect(scene.slack.workspace.ephemeral).toEqual([]);

    const sentences = Array.from(
      { length: 90 },
      (_, at) => `${at}: ${'Leave is granted on request. '.repeat(30).trim()}`,
    );
    await using long = await startScene({
      ask: createFakeAsk((question) => longAnswerEvents(question, sentences)),
    });
    await command(long, 'How much leave?');
    await until(() => long.slack.workspace.ephemeral.length > 0);
    await long.running.bot.worker.idle();
    expect(long.slack.responses).toHaveLength(5);
    const all = JSON.stringify([long.slack.responses, long.slack.workspace.ephemeral]);
    for (const sentence of sentences) expect(all.split(sentence).length - 1).toBeGreaterThanOrEqual(2);
    expect(long.running.reported).toEqual([]);
  });

  test('is shared with the channel once, however often the button is pressed', async () => {
    await using scene = await sceneThatKeeps();
    await command(scene, 'How much leave?');
    await until(() => scene.slack.responses.length === 1);
    const share = buttonIn(scene.slack.responses[0], ACTIONS.share);
    await Promise.all([click(scene, share), click(scene, share)]);
    await scene.running.bot.worker.idle();
    const [post, ...others] = scene.calls('chat.postMessage');
    expect(others).toEqual([]);
    expect(JSON.stringify(post?.args.blocks)).toContain('<@U1> asked: *How much leave?*');
    expect(JSON.stringify(post?.args.blocks)).toContain(LEAVE);
    expect(post?.args).not.toHaveProperty('thread_ts');
    expect(scene.slack.responses.at(-1)).toMatchObject({ replace_original: true, text: WORDS.shared });

    const shared = scene.slack.workspace.messages.at(-1)?.ts ?? '';
    await scene.say({ text: 'And carried over?', type: 'message', threadTs: shared });
    expect(readable(await scene.answer(shared))).toContain(LEAVE);
  });

  test('is shared with its word of doubt', async () => {
    await using scene = await sceneThatKeeps({}, doubtfulEvents);
    await command(scene, 'How much leave?');
    await until(() => scene.slack.responses.length === 1);
    expect(JSON.stringify(scene.slack.responses[0])).toContain(DOUBT);
    await click(scene, buttonIn(scene.slack.responses[0], ACTIONS.share));
    await scene.running.bot.worker.idle();
    expect(JSON.stringify(scene.calls('chat.postMessage')[0]?.args.blocks)).toContain(DOUBT);
  });

  test('is shared where the bot is no member, too', async () => {
    await using scene = await sceneThatKeeps();
    await command(scene, 'How much leave?', { channel_id: CLOSED_CHANNEL });
    await until(() => scene.slack.responses.length === 1);
    const share = buttonIn(scene.slack.responses[0], ACTIONS.share);
    await click(scene, share, { channel: { id: CLOSED_CHANNEL } });
    await scene.running.bot.worker.idle();
    const inChannel = scene.slack.responses.filter(({ response_type }) => response_type === 'in_channel');
    expect(inChannel).toHaveLength(1);
    expect(JSON.stringify(inChannel)).toContain(LEAVE);
  });
});

describe('A click where the bot may not write', () => {
  test('is answered by way of the click', async () => {
    await using scene = await sceneThatKeeps({ handOff: 'S0HELP' });
    await command(scene, 'How much leave?');
    await until(() => scene.slack.responses.length === 1);
    const [answer] = scene.slack.responses;
    for (const method of ['chat.postMessage', 'chat.postEphemeral'])
      scene.slack.replies.set(method, () => ({ ok: false, error: 'not_in_channel' }));
    await click(scene, buttonIn(answer, ACTIONS.feedbackUp));
    await scene.running.bot.worker.idle();
    expect(scene.slack.responses.at(-1)).toMatchObject({ replace_original: false, text: WORDS.thanks });

    const share = buttonIn(answer, ACTIONS.share);
    await click(scene, { ...share, action_id: ACTIONS.handOff });
    await scene.running.bot.worker.idle();
    expect(scene.slack.responses.at(-1)?.text).toBe(WORDS.nobodyCalled);

    scene.slack.refuseResponse = ({ response_type: type }) =>
      type === 'in_channel' ? 'restricted_action' : undefined;
    await click(scene, share);
    await scene.running.bot.worker.idle();
    expect(scene.slack.responses.at(-1)?.text).toBe(WORDS.notShared);
    expect(scene.running.reported.join()).toContain('not_in_channel');
  });
});

describe('A thumb', () => {
  test('is kept as POST /v1/feedback keeps it, and a bad answer is asked about', async () => {
    await using scene = await sceneThatKeeps();
    const answer = await scene.answer(await scene.say({ text: TEXT }));
    const value = /"value":"(down:ans_[^"]+)"/.exec(JSON.stringify(answer.blocks))?.[1] ?? '';
    await click(scene, { type: 'feedback_buttons', action_id: ACTIONS.feedback, value, action_ts: '1.1' });
    await scene.running.bot.worker.idle();
    expect(await scene.conversations.listUnsatisfied(5)).toMatchObject([
      { turn: { id: value.slice(5), question: 'How much leave?' }, rating: 'down' },
    ]);
    expect(scene.slack.workspace.ephemeral.at(-1)).toMatchObject({ user: 'U1', text: WORDS.thanks });

    const [opened] = scene.calls('views.open');
    const view = opened?.args.view as { private_metadata: string; callback_id: string };
    const values = { comment: { comment: { type: 'plain_text_input', value: 'It is 30 days.' } } };
    await postForm(scene, 'interactions', {
      payload: JSON.stringify({
        ...{ type: 'view_submission', team: { id: 'T1' }, user: { id: 'U1' } },
        view: { id: 'V1', ...view, state: { values } },
      }),
    });
    await scene.running.bot.worker.idle();
    expect(await scene.conversations.listUnsatisfied(5)).toMatchObject([{ comment: 'It is 30 days.' }]);
  });

  test('on an answer that is gone is told so, and odd values change nothing', async () => {
    await using scene = await sceneThatKeeps();
    await click(scene, { action_id: ACTIONS.feedback, value: 'up:ans_none' });
    for (const value of ['', 'up:', 'sideways:ans_1', 'up:a b']) {
      await click(scene, { action_id: ACTIONS.feedback, value });
      await click(scene, { action_id: ACTIONS.share, value: `${value} x y` });
    }
    await click(scene, { action_id: 'other', value: 'x' });
    await scene.running.bot.worker.idle();
    expect(scene.slack.workspace.ephemeral).toMatchObject([{ text: WORDS.gone }]);
  });
});

describe('Ask a human', () => {
  test('calls the group in the thread, once an answer, with the question', async () => {
    await using scene = await sceneThatKeeps({ handOff: 'S0HELP' });
    const ts = await scene.say({ text: '<@U0BOT> How much leave &amp; pay?' });
    const button = buttonIn((await scene.answer(ts)).blocks, ACTIONS.handOff);
    const more = { message: { ts: '1.1', thread_ts: ts } };
    await Promise.all([click(scene, button, more), click(scene, button, more)]);
    await scene.running.bot.worker.idle();
    const [post, ...others] = scene.calls('chat.postMessage');
    expect(others).toEqual([]);
    expect(post?.args).toMatchObject({ channel: 'C1', thread_ts: ts });
    expect(post?.args.text).toBe(
      '<!subteam^S0HELP>, <@U1> would like a person to look at this: “How much leave &amp; pay?”',
    );
  });

  test('is not offered when nobody is named', async () => {
    await using scene = await sceneThatKeeps();
    const answer = await scene.answer(await scene.say({ text: TEXT }));
    expect(JSON.stringify(answer.blocks)).not.toContain(ACTIONS.handOff);
  });
});

describe('The agent surface', () => {
  test('suggests questions when the conversation opens, new and old', async () => {
    await using scene = await startScene();
    await scene.event({ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'messages' });
    await scene.event({
      type: 'assistant_thread_started',
      assistant_thread: { user_id: 'U1', channel_id: 'D1', thread_ts: '1700000000.000100', context: {} },
    });
    await scene.running.bot.worker.idle();
    const [fresh, old] = scene.calls('assistant.threads.setSuggestedPrompts').map(({ args }) => args);
    const prompts = [{ title: 'How much leave do I have?', message: 'How much leave do I have?' }];
    expect(fresh).toMatchObject({ channel_id: 'D1', prompts });
    expect(fresh).not.toHaveProperty('thread_ts');
    expect(old).toMatchObject({ channel_id: 'D1', thread_ts: '1700000000.000100', prompts });
  });

  test('shows that it looks while it does', async () => {
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
    const ts = await scene.say({ text: 'How much leave?', channel: 'D1', type: 'message' });
    await until(() => scene.calls('assistant.threads.setStatus').length === 1);
    expect(scene.calls('assistant.threads.setStatus')[0]?.args).toMatchObject({
      ...{ channel_id: 'D1', thread_ts: ts, status: WORDS.status },
    });
    release();
    await scene.answer(ts);
  });

  test('the Home tab says how to ask', async () => {
    await using scene = await startScene({ settings: { handOff: 'S1', channels: ['C1'] } });
    await scene.event({ type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home' });
    await scene.running.bot.worker.idle();
    const [{ args } = { args: {} }] = scene.calls('views.publish');
    const view = (args as { view?: { type: string; blocks: unknown[] } }).view;
    expect(args).toMatchObject({ user_id: 'U1', view: { type: 'home' } });
    expect(view?.blocks.every(isSoundBlock)).toBe(true);
    for (const word of ['/ask', '<#C1>', 'Ask a human', 'How much leave do I have?'])
      expect(JSON.stringify(view)).toContain(word);
  });
});
