import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createIngestLock } from './ingest-lock.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

const holder = (pid: number, host = hostname()) => JSON.stringify({ pid, host, token: 'theirs' });

test('the lock is there while the work runs and gone afterwards, also when it fails', async () => {
  const exclusive = createIngestLock({ path: join(folder, 'data', 'lock') });
  expect(await exclusive(() => readdir(join(folder, 'data')))).toEqual(['lock']);
  await expect(exclusive(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await readdir(join(folder, 'data'))).toEqual([]);
});

test('a running process is waited for and named', async () => {
  const path = join(folder, 'lock');
  await writeFile(path, holder(process.ppid));
  const waits: string[] = [];
  const exclusive = createIngestLock({ path, waitMs: 10_000, onWait: (name) => waits.push(name) });
  const done = exclusive(async () => 'done');
  setTimeout(() => void rm(path), 300);
  expect(await done).toBe('done');
  expect(waits).toEqual([`process ${process.ppid} on ${hostname()}`]);
});

test('the wait ends with a message', async () => {
  const path = join(folder, 'lock');
  await writeFile(path, holder(process.ppid));
  const exclusive = createIngestLock({ path, waitMs: 0 });
  await expect(exclusive(async () => 0)).rejects.toMatchObject({ code: 'index_busy' });
});

test('the lock of a process that ended is taken over', async () => {
  const path = join(folder, 'lock');
  for (const pid of [999_999_999, process.pid]) {
    await writeFile(path, holder(pid));
    expect(await createIngestLock({ path, waitMs: 0 })(async () => 'done')).toBe('done');
  }
});

test('a lock of another machine is taken over once it is no longer renewed', async () => {
  const path = join(folder, 'lock');
  await writeFile(path, holder(1, 'elsewhere'));
  const exclusive = createIngestLock({ path, waitMs: 0 });
  await expect(exclusive(async () => 0)).rejects.toMatchObject({ code: 'index_busy' });
  const before = new Date(Date.now() - 120_000);
  await utimes(path, before, before);
  expect(await exclusive(async () => 'done')).toBe('done');
});
