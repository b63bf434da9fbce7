import { setTimeout as sleep } from 'node:timers/promises';
import { createMemoryConversationStore } from '../adapters/memory/memory-conversation-store.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import { deliver, eventOf, type FakeCall, type FakeSlack, startFakeSlack } from './fake-slack.ts';
import { BOT_USER, type FakeMessage } from './fake-slack-workspace.ts';
import { createStoringAsk, type RunningBot, runSlackBot } from './run-slack-bot.ts';

type Overrides = Parameters<typeof runSlackBot>[1];

/** A workspace with the bot in it, and people who write. */
export interface SlackScene extends AsyncDisposable {
  readonly slack: FakeSlack;
  readonly running: RunningBot;
  readonly conversations: ConversationStore;
  /** Writes a message and delivers its event; its `ts`. */
  say(message: Said): Promise<string>;
  /** Delivers an event as it is. */
  event(event: Record<string, unknown>, eventId?: string): Promise<boolean>;
  /** What the bot has said in a thread. */
  answers(threadTs: string): FakeMessage[];
  /** Waits until the bot has ended its answer in a thread, and is idle. */
  answer(threadTs: string): Promise<FakeMessage>;
  calls(method: string): FakeCall[];
}

export interface Said {
  readonly text: string;
  readonly channel?: string;
  readonly user?: string;
  readonly threadTs?: string;
  readonly type?: 'app_mention' | 'message';
  /** Further fields of the event. */
  readonly more?: Record<string, unknown>;
}

export async function startScene(overrides: Overrides = {}): Promise<SlackScene> {
  const slack = await startFakeSlack();
  const conversations = overrides?.conversations ?? createMemoryConversationStore();
  const running = await runSlackBot(slack, {
    ask: createStoringAsk(conversations),
    ...overrides,
    conversations,
  });
  const event: SlackScene['event'] = (given, eventId) =>
    deliver(() => `${running.url}/slack/events`, eventOf(given, eventId), { hurry: 1_000 });
  const answers = (threadTs: string) =>
    slack.workspace.messages.filter((message) => message.thread_ts === threadTs && message.user === BOT_USER);
  return {
    ...{ slack, running, conversations, event, answers },
    async say(said) {
      const { text, channel = 'C1', user = 'U1', threadTs, type = 'app_mention', more = {} } = said;
      const ts = slack.workspace.say(channel, user, text, threadTs);
      const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
      const kind = type === 'message' ? { channel_type: channel.startsWith('D') ? 'im' : 'channel' } : {};
      await event({ type, channel, user, text, ts, event_ts: ts, ...thread, ...kind, ...more });
      return ts;
    },
    async answer(threadTs) {
      await until(() => answers(threadTs).some(({ streaming }) => !streaming));
      await running.bot.worker.idle();
      const last = answers(threadTs).at(-1);
      if (last === undefined) throw new Error('There is no answer.');
      return last;
    },
    calls: (method) => slack.calls.filter((call) => call.method === method),
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]();
      await slack[Symbol.asyncDispose]();
    },
  };
}

/** Waits until something holds. */
export async function until(holds: () => boolean | Promise<boolean>, withinMs = 15_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (Date.now() < end) {
    if (await holds()) return;
    await sleep(10);
  }
  throw new Error(`It has not come to hold in ${withinMs} ms.`);
}

/** All that people read in a message, without its markup. */
export function readable(message: Pick<FakeMessage, 'text' | 'blocks'>): string {
  const texts = (value: unknown): string[] => {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, inner]) =>
      name === 'text' && typeof inner === 'string' ? [inner] : texts(inner),
    );
  };
  return [message.text, ...texts(message.blocks)].join('\n');
}
