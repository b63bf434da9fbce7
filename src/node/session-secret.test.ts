import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSessionSecret } from './session-secret.ts';

let data = '';
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'ibid-secret-'));
});
afterEach(() => rm(data, { recursive: true }));

test('the secret is made once, for its owner alone to read, and kept', async () => {
  const first = await openSessionSecret({ data });
  expect(first).toHaveLength(32);
  expect(await openSessionSecret({ data })).toEqual(first);
  expect(await readdir(data)).toEqual(['session.key']);
  expect((await stat(join(data, 'session.key'))).mode & 0o777).toBe(0o600);
});

test('processes that start together agree on one', async () => {
  const secrets = await Promise.all(Array.from({ length: 10 }, () => openSessionSecret({ data })));
  for (const secret of secrets) expect(secret).toEqual(secrets[0]);
  expect(await readdir(data)).toEqual(['session.key']);
});

test('the one of the settings goes before it', async () => {
  const sessionSecret = 'thirty-two characters or more, say';
  expect(await openSessionSecret({ data, sessionSecret })).toEqual(new TextEncoder().encode(sessionSecret));
  expect(await readdir(data)).toEqual([]);
});

test('a damaged one is refused with what to do', async () => {
  await writeFile(join(data, 'session.key'), 'zz');
  await expect(openSessionSecret({ data })).rejects.toThrow(/Remove it/);
});
