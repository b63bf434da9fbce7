import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KilledBots, killSlackBots, nameIn } from '../testing/kill-slack-bots.ts';
import { readable } from '../testing/slack-scene.ts';

const WITHIN_MS = 600_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-killed-'));
});
afterAll(() => rm(folder, { recursive: true }));

test(
  '500 questions in random order, with duplicates, retries, kills and faults of Slack: each is answered exactly once',
  async () => {
    expectOneAnswerEach(
      await killSlackBots({ store: join(folder, 'one.db'), bots: 1, questions: 500, kills: 6 }),
    );
  },
  WITHIN_MS,
);

test(
  'two bots on one file, of which now one and then the other is killed: each question is answered exactly once',
  async () => {
    expectOneAnswerEach(
      await killSlackBots({ store: join(folder, 'two.db'), bots: 2, questions: 100, kills: 4 }),
    );
  },
  WITHIN_MS,
);

const url = process.env.DATABASE_URL;
describe.skipIf(url === undefined)('On Postgres, when DATABASE_URL names a server,', () => {
  const schema = `ibid_test_${crypto.randomUUID().replaceAll('-', '')}`;
  const administer = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  beforeAll(() => administer(`CREATE SCHEMA ${schema}`));
  afterAll(() => administer(`DROP SCHEMA ${schema} CASCADE`));

  test(
    'two bots of which now one and then the other is killed answer each question exactly once',
    async () => {
      const store = new URL(url ?? '');
      store.searchParams.set('options', `-c search_path=${schema},public`);
      expectOneAnswerEach(await killSlackBots({ store: store.href, bots: 2, questions: 100, kills: 4 }));
    },
    WITHIN_MS,
  );
});

function expectOneAnswerEach({ questions, said }: KilledBots): void {
  const counts = new Map<string, number>();
  for (const message of said) {
    const name = nameIn(message);
    expect(message.streaming).toBe(false);
    expect(readable(message)).toContain('It does.');
    expect(message.thread_ts).toBe(questions.find((question) => question.name === name)?.root);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  expect([...counts].filter(([, count]) => count !== 1)).toEqual([]);
  expect(counts.size).toBe(questions.length);
}
