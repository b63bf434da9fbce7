import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliver, eventOf, type FakeSlack, startFakeSlack, type Trouble } from '../testing/fake-slack.ts';
import { BOT_USER } from '../testing/fake-slack-workspace.ts';
import { readable, until } from '../testing/slack-scene.ts';

const QUESTIONS = 500;
const KILLS = 6;
const ENTRY = fileURLToPath(new URL('../testing/slack-child.ts', import.meta.url));
// Below node_modules, so that the packages are found from there.
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/ibid-slack', import.meta.url));

let slack: FakeSlack;
let folder: string;
let bundle: string;
let port: number;
let child: ChildProcess | undefined;

beforeAll(async () => {
  slack = await startFakeSlack();
  folder = await mkdtemp(join(tmpdir(), 'ibid-killed-'));
  await mkdir(CACHE, { recursive: true });
  bundle = join(await mkdtemp(join(CACHE, 'child-')), 'child.mjs');
  await build({
    ...{ entryPoints: [ENTRY], outfile: bundle, bundle: true },
    ...{ format: 'esm', platform: 'node', packages: 'external', logLevel: 'silent' },
  });
  port = await freePort();
});

afterAll(async () => {
  child?.kill('SIGKILL');
  await slack[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
  await rm(join(bundle, '..'), { recursive: true });
});

test('500 questions in random order, with duplicates, retries, kills and faults of Slack: each is answered exactly once', async () => {
  const questions = Array.from({ length: QUESTIONS }, (_, number) => askOne(number));
  const deliveries = shuffled(questions.flatMap(({ events }) => events));
  makeTrouble();
  await startChild();
  const killing = killNowAndThen();
  await inParallel(25, deliveries, async (event) => {
    await sleep(Math.random() * 200);
    // Slack gives up after its third retry; on a busy machine, a bot that is killed this often may take longer to be back.
    while (!(await deliver(() => `http://127.0.0.1:${port}/slack/events`, event, { hurry: 20 }))) {}
  });
  await killing;
  await until(() => answered().size === QUESTIONS, 300_000);
  // What Slack took late, after its call was given up, is removed; whatever would be said twice has the time to.
  await until(() => isTidy(), 60_000).catch(() => {});
  await sleep(3_000);

  const counts = new Map<string, number>();
  for (const message of slack.workspace.messages.filter(({ user }) => user === BOT_USER)) {
    expect(message.streaming).toBe(false);
    const [, name = 'none'] = /This answers (question \d+)\b/.exec(readable(message)) ?? [];
    counts.set(name, (counts.get(name) ?? 0) + 1);
    expect(readable(message)).toContain('It does.');
    expect(message.thread_ts).toBe(questions.find((question) => question.name === name)?.root);
  }
  expect([...counts].filter(([, count]) => count !== 1)).toEqual([]);
  expect(counts.size).toBe(QUESTIONS);
}, 600_000);

/** A question with the events that tell of it: a mention or a direct message, now and then both kinds and some of them twice. */
function askOne(number: number): { name: string; root: string; events: unknown[] } {
  const name = `question ${number}`;
  const direct = number % 5 === 0;
  const channel = direct ? `D${number % 7}` : `C${number % 11}`;
  const threaded = !direct && number % 3 === 0;
  const root = threaded ? slack.workspace.say(channel, 'U2', 'Something else') : undefined;
  const text = direct ? `${name} please` : `<@${BOT_USER}> ${name} please`;
  const ts = slack.workspace.say(channel, 'U1', text, root);
  const base = { channel, user: 'U1', text, ts, ...(root === undefined ? {} : { thread_ts: root }) };
  const message = eventOf({ type: 'message', channel_type: direct ? 'im' : 'channel', ...base });
  const mention = eventOf({ type: 'app_mention', ...base });
  const events: unknown[] = direct ? [message] : number % 2 === 0 ? [mention, message] : [mention];
  if (number % 4 === 0) events.push(...events);
  return { name, root: root ?? ts, events };
}

function makeTrouble(): void {
  const kinds: Trouble[] = [
    { kind: 'lost' },
    { kind: 'down' },
    { kind: 'server-error' },
    { kind: 'slow', ms: 400 },
  ];
  for (const method of ['chat.startStream', 'chat.stopStream', 'chat.update', 'conversations.replies']) {
    // Spread out: an entry of no effect between two that have one.
    slack.troubles.set(
      method,
      Array.from({ length: 300 }, () =>
        Math.random() < 0.05
          ? (kinds[Math.floor(Math.random() * kinds.length)] as Trouble)
          : { kind: 'slow', ms: 0 },
      ),
    );
  }
  for (const method of ['chat.startStream', 'chat.stopStream'])
    slack.troubles.get(method)?.splice(50, 0, { kind: 'limited', retryAfterSeconds: 1 });
}

async function killNowAndThen(): Promise<void> {
  for (let kill = 0; kill < KILLS; kill++) {
    await sleep(700 + Math.random() * 1_500);
    const dying = child;
    dying?.kill('SIGKILL');
    if (dying) await once(dying, 'exit');
    await startChild();
  }
}

async function startChild(): Promise<void> {
  child = spawn(process.execPath, [bundle, join(folder, 'slack.db'), String(port), slack.apiUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.stdout) await once(child.stdout, 'data');
}

function isTidy(): boolean {
  const said = slack.workspace.messages.filter(({ user }) => user === BOT_USER);
  return said.length === QUESTIONS && said.every(({ streaming }) => !streaming);
}

function answered(): Set<string> {
  const done = slack.workspace.messages.filter(({ user, streaming }) => user === BOT_USER && !streaming);
  return new Set(done.map((message) => /question \d+/.exec(readable(message))?.[0] ?? ''));
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
