import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { deliver, eventOf, type FakeSlack, startFakeSlack, type Trouble } from './fake-slack.ts';
import { BOT_USER, type FakeMessage } from './fake-slack-workspace.ts';
import { readable, until } from './slack-scene.ts';

/** What came of questions that were asked while their bots were killed. */
export interface KilledBots {
  readonly questions: readonly { readonly name: string; readonly root: string }[];
  /** All that the bots said. */
  readonly said: readonly FakeMessage[];
}

const ENTRY = fileURLToPath(new URL('./slack-child.ts', import.meta.url));
// Below node_modules, so that the packages are found from there.
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/ibid-slack', import.meta.url));

/**
 * Asks many questions at once, in random order, of bots in processes of their own on one store: with duplicates, retries and faults of
 * Slack, while the bots are killed (SIGKILL) and started again.
 */
export async function killSlackBots(given: {
  /** Path of a file, or address of a Postgres database. */
  readonly store: string;
  readonly bots: number;
  readonly questions: number;
  readonly kills: number;
}): Promise<KilledBots> {
  const slack = await startFakeSlack();
  const bundle = await bundleChild();
  const bots = await Promise.all(
    Array.from({ length: given.bots }, async () =>
      createBot(bundle, given.store, await freePort(), slack.apiUrl),
    ),
  );
  try {
    const questions = Array.from({ length: given.questions }, (_, number) => askOne(slack, number));
    makeTrouble(slack);
    // One after the other, since the first makes the tables.
    for (const bot of bots) await bot.start();
    const killing = killNowAndThen(bots, given.kills);
    await inParallel(25, shuffled(questions.flatMap(({ events }) => events)), async (event) => {
      await sleep(Math.random() * 200);
      // Slack gives up after its third retry; on a busy machine, a bot that is killed this often may take longer to be back.
      while (
        !(await deliver(() => `http://127.0.0.1:${oneOf(bots).port}/slack/events`, event, { hurry: 20 }))
      ) {}
    });
    await killing;
    const said = () => slack.workspace.messages.filter(({ user }) => user === BOT_USER);
    const answered = () => said().filter(({ streaming }) => !streaming);
    await until(() => new Set(answered().map(nameIn)).size === given.questions, 300_000);
    // What Slack took late, after its call was given up, is removed; whatever would be said twice has the time to.
    await until(
      () => said().length === given.questions && answered().length === given.questions,
      60_000,
    ).catch(() => {});
    await sleep(3_000);
    return { questions, said: said() };
  } finally {
    for (const bot of bots) bot.kill();
    await slack[Symbol.asyncDispose]();
    await rm(join(bundle, '..'), { recursive: true });
  }
}

/** The question that a message answers. */
export function nameIn(message: FakeMessage): string {
  return /This answers (question \d+)\b/.exec(readable(message))?.[1] ?? 'none';
}

/** A question with the events that tell of it: a mention or a direct message, now and then both kinds and some of them twice. */
function askOne({ workspace }: FakeSlack, number: number): { name: string; root: string; events: unknown[] } {
  const name = `question ${number}`;
  const direct = number % 5 === 0;
  const channel = direct ? `D${number % 7}` : `C${number % 11}`;
  const threaded = !direct && number % 3 === 0;
  const root = threaded ? workspace.say(channel, 'U2', 'Something else') : undefined;
  const text = direct ? `${name} please` : `<@${BOT_USER}> ${name} please`;
  const ts = workspace.say(channel, 'U1', text, root);
  const base = { channel, user: 'U1', text, ts, ...(root === undefined ? {} : { thread_ts: root }) };
  const message = eventOf({ type: 'message', channel_type: direct ? 'im' : 'channel', ...base });
  const mention = eventOf({ type: 'app_mention', ...base });
  const events: unknown[] = direct ? [message] : number % 2 === 0 ? [mention, message] : [mention];
  if (number % 4 === 0) events.push(...events);
  return { name, root: root ?? ts, events };
}

function makeTrouble({ troubles }: FakeSlack): void {
  const kinds: Trouble[] = [
    { kind: 'lost' },
    { kind: 'down' },
    { kind: 'server-error' },
    { kind: 'slow', ms: 400 },
  ];
  for (const method of ['chat.startStream', 'chat.stopStream', 'chat.update', 'conversations.replies']) {
    // Spread out: an entry of no effect between two that have one.
    const spread = Array.from({ length: 300 }, () => (Math.random() < 0.05 ? oneOf(kinds) : NO_TROUBLE));
    troubles.set(method, spread);
  }
  for (const method of ['chat.startStream', 'chat.stopStream'])
    troubles.get(method)?.splice(50, 0, { kind: 'limited', retryAfterSeconds: 1 });
}

const NO_TROUBLE: Trouble = { kind: 'slow', ms: 0 };

interface Bot {
  readonly port: number;
  start(): Promise<void>;
  kill(): void;
  /** Kills it, and starts it again. */
  restart(): Promise<void>;
}

function createBot(bundle: string, store: string, port: number, apiUrl: string): Bot {
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const stdio = ['ignore', 'pipe', 'inherit'] as const;
    child = spawn(process.execPath, [bundle, store, String(port), apiUrl], { stdio: [...stdio] });
    if (child.stdout) await once(child.stdout, 'data');
  };
  return {
    port,
    start,
    kill: () => void child?.kill('SIGKILL'),
    async restart() {
      const dying = child;
      dying?.kill('SIGKILL');
      if (dying) await once(dying, 'exit');
      await start();
    },
  };
}

async function killNowAndThen(bots: readonly Bot[], kills: number): Promise<void> {
  for (let kill = 0; kill < kills; kill++) {
    await sleep(700 + Math.random() * 1_500);
    await oneOf(bots).restart();
  }
}

async function bundleChild(): Promise<string> {
  await mkdir(CACHE, { recursive: true });
  const outfile = join(await mkdtemp(join(CACHE, 'child-')), 'child.mjs');
  await build({
    ...{ entryPoints: [ENTRY], outfile, bundle: true },
    ...{ format: 'esm', platform: 'node', packages: 'external', logLevel: 'silent' },
  });
  return outfile;
}

async function inParallel<T>(
  many: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const one = async () => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: many }, one));
}

function oneOf<T>(items: readonly T[]): T {
  return items[Math.floor(Math.random() * items.length)] as T;
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}
