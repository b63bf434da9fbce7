import { describe, expect, test } from 'vitest';
import { createMemoryConversationStore } from '../adapters/memory/memory-conversation-store.ts';
import type { Ask } from '../ask/events.ts';
import { DOUBT } from '../model/doubt.ts';
import { CLOSED_CHANNEL } from '../testing/fake-slack-workspace.ts';
import {
  answeredEvents,
  createFakeAsk,
  declinedEvents,
  doubtfulEvents,
  HANDBOOK,
  LEAVE_HIT,
} from '../testing/http-fakes.ts';
import { longAnswerEvents } from '../testing/long-answer-events.ts';
import { createStoringAsk } from '../testing/run-slack-bot.ts';
import { readable, type SlackScene, startScene, until } from '../testing/slack-scene.ts';

const TEXT = '<@U0BOT> How much leave?';
const WHOLE =
  'Every employee has 28 days of leave a year. [1] Up to five days may be carried over until the end of March. [2]';

describe('An answer', () => {
  test('is streamed into the thread, for the one who asked, and ends with its sources and thumbs', async () => {
    await using scene = await startScene();
    const ts = await scene.say({ text: TEXT });
    const answer = await scene.answer(ts);
    expect(answer.text).toBe(WHOLE);
    expect(answer.blocks.map(({ type }) => type)).toEqual(['rich_text', 'rich_text', 'context_actions']);
    expect(readable(answer)).toContain('Up to five days may be carried over until the end of March.');
    expect(scene.calls('chat.startStream')[0]?.args).toMatchObject({
      ...{ channel: 'C1', thread_ts: ts, recipient_user_id: 'U1', recipient_team_id: 'T1' },
    });
    expect(scene.calls('chat.postMessage')).toEqual([]);
    expect(scene.calls('assistant.threads.setStatus')[0]?.args).toMatchObject({
      channel_id: 'C1',
      thread_ts: ts,
    });
  });

  test('to a part of what was asked says to which part there is none', async () => {
    const partly: Ask = async function* ({ question }) {
      for (const event of answeredEvents(question))
        yield event.type === 'answer-end' && event.answer.status === 'answered'
          ? { ...event, answer: { ...event.answer, unanswered: ['Who decides?'] } }
          : event;
    };
    await using scene = await startScene({ ask: partly });
    const ts = await scene.say({ text: TEXT });
    expect(readable(await scene.answer(ts))).toContain('Not in the documents: Who decides?');
  });

  test('that is less likely than not to be one says so, and a likelier one does not', async () => {
    await using scene = await startScene({ ask: createFakeAsk(doubtfulEvents) });
    const ts = await scene.say({ text: TEXT });
    expect(readable(await scene.answer(ts))).toContain(DOUBT);
    await using sure = await startScene();
    expect(readable(await sure.answer(await sure.say({ text: TEXT })))).not.toContain(DOUBT);
  });

  test('that is long in coming is shown sentence by sentence', async () => {
    const slow: Ask = async function* ({ question }) {
      for (const event of answeredEvents(question)) {
        if (event.type === 'text-delta' || event.type === 'answer-end') await pause(800);
        yield event;
      }
    };
    await using scene = await startScene({ ask: slow });
    const ts = await scene.say({ text: TEXT });
    await until(() => scene.answers(ts)[0]?.text === 'Every employee has 28 days of leave a year. [1]');
    expect((await scene.answer(ts)).text).toBe(WHOLE);
  });

  test('is updated at Slack’s pace where it cannot be streamed, and posted once when it is there at once', async () => {
    const slow: Ask = async function* ({ question }) {
      const events = answeredEvents(question);
      yield* events.slice(0, 3);
      await pause(1_500);
      yield* events.slice(3, 5);
      yield { type: 'text-delta', text: ' And more.' };
      await pause(300);
      yield* events.slice(5);
    };
    await using scene = await startScene({ ask: slow });
    scene.slack.workspace.removed.add('chat.startStream');
    const ts = await scene.say({ text: TEXT });
    await until(() => scene.calls('chat.update').length === 1);
    const answer = await scene.answer(ts);
    expect(readable(answer)).toContain('end of March. [2]');
    expect(scene.calls('chat.postMessage')).toHaveLength(1);
    expect(scene.calls('chat.startStream')).toHaveLength(1);

    // However slow the machine is, no time passes for the bot.
    const at = Date.now();
    await using quick = await startScene({ now: () => at });
    quick.slack.workspace.removed.add('chat.startStream');
    const first = await quick.say({ text: TEXT });
    await quick.answer(first);
    await quick.answer(await quick.say({ text: TEXT }));
    // A workspace that has no streams is not asked for them each time.
    expect(quick.calls('chat.startStream')).toHaveLength(1);
    expect(quick.calls('chat.postMessage')).toHaveLength(2);
    expect(quick.calls('chat.update')).toEqual([]);
    expect(readable(quick.answers(first)[0] as never)).toContain(WHOLE);
  });

  test.each([
    ['refuses to go on with a stream', { 'chat.stopStream': 'message_not_in_streaming_state' }],
    ['refuses the blocks at the end of a stream', { 'chat.stopStream': 'invalid_blocks' }],
    [
      'refuses blocks everywhere',
      { 'chat.startStream': 'unknown_method', 'chat.postMessage': 'invalid_blocks' },
    ],
    [
      'refuses updates as well',
      { 'chat.stopStream': 'invalid_blocks', 'chat.update': 'cant_update_message' },
    ],
  ])('comes whole, with its quotes, when Slack %s', async (_, refusals) => {
    await using scene = await startScene();
    for (const [method, error] of Object.entries(refusals))
      scene.slack.troubles.set(method, [{ kind: 'refused', error }]);
    const ts = await scene.say({ text: TEXT });
    await scene.answer(ts);
    const answer = readable(await scene.answer(ts));
    expect(scene.answers(ts)).toHaveLength(1);
    expect(answer).toContain(WHOLE);
    expect(answer.match(/28 days of leave a year\./g)?.length).toBeGreaterThan(1);
  });

  test('that is longer than a message goes on in the next ones, every quote whole', async () => {
    const quote = 'A sentence of the handbook that goes on for long, and longer than most. ';
    const sentences = Array.from({ length: 40 }, (_, at) => `${at}: ${quote.repeat(8).trim()}`);
    await using scene = await startScene({
      ask: createFakeAsk((question) => longAnswerEvents(question, sentences)),
    });
    const ts = await scene.say({ text: TEXT });
    await scene.answer(ts);
    const said = scene.answers(ts);
    expect(said.length).toBeGreaterThan(1);
    const all = said.map(readable).join('\n');
    for (const [at, sentence] of sentences.entries()) {
      expect(all.split(sentence).length - 1).toBeGreaterThanOrEqual(2);
      expect(all).toContain(`[${at + 1}]`);
    }
    expect(scene.slack.calls.filter(({ status }) => status !== 200)).toEqual([]);
    const ids = said.map(({ blocks }) => blocks[0]?.block_id);
    expect(new Set(ids).size).toBe(said.length);
  });

  test('that is a decline shows the closest passages, and lets a human be asked', async () => {
    await using scene = await startScene({
      ask: createFakeAsk(declinedEvents),
      settings: { handOff: 'S0HELP' },
    });
    const answer = await scene.answer(await scene.say({ text: TEXT }));
    expect(readable(answer)).toContain('The documents do not answer this.');
    expect(readable(answer)).toContain(LEAVE_HIT.passage.text);
    expect(readable(answer)).toContain('full text alone answered');
    expect(readable(answer)).toContain('Ask a human');
  });

  test('links to web pages, and to this server when it is known how others reach it', async () => {
    await using scene = await startScene({ settings: { publicUrl: 'https://ibid.example.org' } });
    const answer = await scene.answer(await scene.say({ text: TEXT }));
    const start = HANDBOOK.text.indexOf('Every employee');
    expect(JSON.stringify(answer.blocks)).toContain(
      `https://ibid.example.org/?document=${HANDBOOK.id}&start=${start}&end=`,
    );
  });
});

describe('Rate limits', () => {
  test('are waited out, and the messages of a channel keep their order', async () => {
    await using scene = await startScene();
    scene.slack.workspace.removed.add('chat.startStream');
    await scene.answer(await scene.say({ text: TEXT }));
    scene.slack.troubles.set('chat.postMessage', [{ kind: 'limited', retryAfterSeconds: 2 }]);
    const asked: string[] = [];
    for (let at = 0; at < 5; at++) asked.push(await scene.say({ text: TEXT }));
    for (const ts of asked) await scene.answer(ts);
    const posts = scene.calls('chat.postMessage').slice(1);
    expect(posts.map(({ status }) => status)).toEqual([429, 200, 200, 200, 200, 200]);
    const [limited, ...rest] = posts;
    for (const post of rest) expect(post.at - (limited?.at ?? 0)).toBeGreaterThanOrEqual(1_990);
    expect(rest.map(({ args }) => args.thread_ts)).toEqual(asked);
  });

  test('hold in the midst of an answer too, and without a Retry-After', async () => {
    await using scene = await startScene();
    scene.slack.troubles.set('chat.startStream', [{ kind: 'limited', retryAfterSeconds: 1 }]);
    scene.slack.troubles.set('chat.stopStream', [{ kind: 'refused', error: 'ratelimited' }]);
    const ts = await scene.say({ text: TEXT });
    expect((await scene.answer(ts)).text).toBe(WHOLE);
    expect(scene.answers(ts)).toHaveLength(1);
  });
});

describe('A conversation', () => {
  const conversationsOf = (ask: { requests: { conversationId?: string }[] }) =>
    ask.requests.map(({ conversationId }) => conversationId);

  async function sceneThatKeeps(): Promise<{ scene: SlackScene; asked: ReturnType<typeof recording> }> {
    const conversations = createMemoryConversationStore();
    const asked = recording(createStoringAsk(conversations));
    return { scene: await startScene({ conversations, ask: asked }), asked };
  }

  test('is the thread, in channels and in direct messages', async () => {
    const { scene, asked } = await sceneThatKeeps();
    await using _ = scene;
    for (const [channel, type] of [
      ['C1', 'app_mention'],
      ['D1', 'message'],
    ] as const) {
      const ts = await scene.say({ text: 'How much leave?', channel, type });
      await scene.answer(ts);
      await scene.say({ text: 'And carried over?', channel, type: 'message', threadTs: ts });
      await scene.running.bot.worker.idle();
    }
    const [first, second, third, fourth] = conversationsOf(asked);
    expect(first).toBeUndefined();
    expect(second).toMatch(/^conv_/);
    expect(third).toBeUndefined();
    expect(fourth).toMatch(/^conv_/);
    expect(fourth).not.toBe(second);
    expect((await scene.conversations.getConversation(second ?? ''))?.turns).toHaveLength(2);
  });

  test('goes on in a direct conversation without its thread', async () => {
    const { scene, asked } = await sceneThatKeeps();
    await using _ = scene;
    for (const text of ['How much leave?', 'And carried over?'])
      await scene.answer(await scene.say({ text, channel: 'D1', type: 'message' }));
    expect(conversationsOf(asked)[1]).toMatch(/^conv_/);
  });

  test('knows what was said in the thread before the bot came', async () => {
    const ask = createFakeAsk(answeredEvents);
    await using scene = await startScene({ ask });
    const root = await scene.say({ text: 'Who knows about parental leave?', type: 'message' });
    scene.slack.workspace.say('C1', 'U2', 'Not me, <@U1>.', root);
    await scene.say({ text: '<@U0BOT> how long is it?', threadTs: root });
    await scene.answer(root);
    expect(ask.requests).toMatchObject([
      {
        question: 'how long is it?',
        history: [
          { question: 'Who knows about parental leave?', answer: '' },
          { question: 'Not me, someone.', answer: '' },
        ],
      },
    ]);
    expect(ask.requests[0]?.conversationId).toBeUndefined();
  });

  test('that was deleted is begun anew', async () => {
    const { scene, asked } = await sceneThatKeeps();
    await using _ = scene;
    const ts = await scene.say({ text: TEXT });
    await scene.answer(ts);
    const [turn] = await scene.conversations.listUnsatisfied(1);
    expect(turn).toBeUndefined();
    await scene.say({ text: 'And?', type: 'message', threadTs: ts });
    await scene.running.bot.worker.idle();
    await scene.conversations.deleteConversation(conversationsOf(asked)[1] ?? '');
    await scene.say({ text: 'And then?', type: 'message', threadTs: ts });
    await scene.running.bot.worker.idle();
    expect(conversationsOf(asked)[2]).toBeUndefined();
    expect(scene.answers(ts)).toHaveLength(3);
  });

  test('in a closed channel leaves nothing behind', async () => {
    const { scene } = await sceneThatKeeps();
    await using _ = scene;
    await scene.say({ text: TEXT, channel: CLOSED_CHANNEL });
    await until(() => scene.running.reported.length > 0);
  });
});

function recording(ask: Ask): Ask & { requests: { conversationId?: string }[] } {
  const requests: { conversationId?: string }[] = [];
  const recorded: Ask = (request) => {
    requests.push(request);
    return ask(request);
  };
  return Object.assign(recorded, { requests });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
