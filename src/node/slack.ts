import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import { createSlackWebApi } from '../adapters/slack/web-api.ts';
import type { Ask } from '../ask/events.ts';
import type { SlackConfig } from '../config.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import { createSlackBot, type SlackBot } from '../slack/slack-bot.ts';
import type { Stores } from './open-stores.ts';

export interface NodeSlack {
  /** The routes below `/slack`. */
  readonly routes: Hono | undefined;
  /** Works off what is due, also what an earlier process left, and opens the socket of Socket Mode. */
  start(): Promise<void>;
  /** Takes no more work, lets what runs end within the time, and leaves the rest to the next start. */
  close(withinMs: number): Promise<void>;
}

/** What another instance left or what is to be tried again is found this soon. */
const LOOK_EVERY_MS = 1_000;

/** The Slack bot on Node. */
export async function openSlack(deps: {
  readonly slack: SlackConfig;
  readonly ask: Ask;
  readonly conversations: ConversationStore;
  readonly openStores: Stores['openSlack'];
  /** Questions that the documents answer. */
  readonly suggest: () => Promise<readonly string[]>;
  readonly maxQuestionChars: number;
  readonly report: (message: string) => void;
}): Promise<NodeSlack> {
  const { slack, ask, conversations, maxQuestionChars, report } = deps;
  const { prompts, apiUrl, appToken, ...settings } = slack;
  const stores = await deps.openStores();
  const bot = createSlackBot({
    ...{ ask, conversations, report, fetch },
    ...stores,
    api: createSlackWebApi(apiUrl === undefined ? {} : { apiUrl }),
    settings: { ...settings, maxQuestionChars },
    prompts: async () => (prompts.length > 0 ? prompts : (await deps.suggest()).slice(0, 4)),
    now: () => Date.now(),
    newId: () => randomUUID(),
  });
  let looking: ReturnType<typeof setInterval> | undefined;
  let socket: { close(): Promise<void> } | undefined;
  return {
    routes: bot.routes,
    async start() {
      bot.worker.start();
      looking = setInterval(bot.worker.wake, LOOK_EVERY_MS);
      if (appToken !== undefined) socket = await openSocket({ appToken, apiUrl, bot, report });
    },
    async close(withinMs) {
      clearInterval(looking);
      await socket?.close();
      await bot.worker.stop(withinMs);
    },
  };
}

async function openSocket(given: {
  readonly appToken: string;
  readonly apiUrl: string | undefined;
  readonly bot: SlackBot;
  readonly report: (message: string) => void;
}): Promise<{ close(): Promise<void> }> {
  const { appToken, apiUrl, bot, report } = given;
  const { openSlackSocket } = await import('../adapters/slack/socket-mode.ts');
  return openSlackSocket({
    ...{ appToken, report },
    ...(apiUrl === undefined ? {} : { apiUrl }),
    handle: async ({ type, body }) => {
      if (type === 'slash_commands') return bot.receive.command(body as Record<string, unknown>);
      if (type === 'interactive') return bot.receive.interaction(body);
      return bot.receive.event(body);
    },
  });
}
