import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LibsqlPassageStore, openLibsqlPassageStore } from '../adapters/libsql/libsql-passage-store.ts';
import { STEM_ANALYSER } from '../ask/terms.ts';

const CLI = fileURLToPath(new URL('../../dist/src/cli.js', import.meta.url));
const FILES = 40;
const KILLS = 6;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-kill-'));
  await mkdir(join(folder, 'documents'));
});
afterAll(() => rm(folder, { recursive: true }));

function start(): ChildProcess {
  const environment = { IBID_DOCUMENTS: join(folder, 'documents'), IBID_DATA: join(folder, 'data') };
  return spawn(process.execPath, [CLI, 'ingest'], {
    env: { ...process.env, ...environment },
    stdio: 'ignore',
  });
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  return new Promise((resolve) => child.once('exit', resolve));
}

async function writeDocuments(edition: string): Promise<void> {
  for (let n = 0; n < FILES; n++) {
    const sentences = Array.from({ length: 8 }, (_, at) => `Edition ${edition} of file ${n} has line ${at}.`);
    await writeFile(join(folder, 'documents', `${n}.txt`), sentences.join(' '));
  }
}

async function withStore<T>(work: (store: LibsqlPassageStore) => Promise<T>): Promise<T> {
  const store = await openLibsqlPassageStore({
    analyser: STEM_ANALYSER,
    path: join(folder, 'data', 'index.db'),
  });
  return work(store).finally(() => store.close());
}

/** The editions that the index holds; also checks that each passage has its vector and slices from its document. */
function editions(): Promise<string[]> {
  return withStore(async (store) => {
    const ids: string[] = [];
    for await (const batch of store.vectors()) ids.push(...batch.map(({ passageId }) => passageId));
    const counts = await store.countDocuments();
    expect(ids).toHaveLength(counts.passages);
    const found = new Set<string>();
    for (const { passage } of await store.getPassages(ids)) {
      const document = await store.getDocument(passage.documentId);
      expect(document?.text.slice(passage.start, passage.end)).toBe(passage.text);
      found.add(/Edition (\w+)/.exec(passage.text)?.[1] ?? '');
    }
    return [...found];
  });
}

test('killed at any moment, the index is the old one or the new one, and the next run completes it', async () => {
  expect(existsSync(CLI), 'dist/ is missing: run `npm run build`').toBe(true);
  await writeDocuments('first');
  expect(await ended(start())).toBe(0);
  await writeDocuments('second');
  for (let kill = 0; kill < KILLS; kill++) {
    const child = start();
    const timer = setTimeout(() => child.kill('SIGKILL'), 150 + Math.random() * 1_200);
    await ended(child);
    clearTimeout(timer);
    const held = await editions();
    expect(held).toHaveLength(1);
    expect(['first', 'second']).toContain(held[0]);
  }
  expect(await ended(start())).toBe(0);
  expect(await editions()).toEqual(['second']);
  expect(await withStore(async (store) => (await store.manifest())?.generation)).toBe(2);
  await expect(readFile(join(folder, 'data', 'ingest.lock'))).rejects.toMatchObject({ code: 'ENOENT' });
}, 120_000);
