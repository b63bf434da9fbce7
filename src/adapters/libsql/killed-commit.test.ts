import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { STEM_ANALYSER } from '../../ask/terms.ts';
import { checkIntegrity } from '../../testing/check-integrity.ts';
import { openLibsqlPassageStore } from './libsql-passage-store.ts';

const KILLS = 15;
const BUILT = new URL('../../../dist/src/adapters/libsql/libsql-passage-store.js', import.meta.url);
const SCRIPT = fileURLToPath(new URL('../../testing/commit-forever.mjs', import.meta.url));
const PASSAGES = 12 * 15;

// `npm test` builds first; a single run of this file needs `npm run build` before it.
test.skipIf(!existsSync(BUILT))(
  'Killed at any moment, the next start finds the old generation or the new one, whole',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ibid-kill-'));
    const path = join(folder, 'index.db');
    let last = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const acknowledged = await runAndKill(path, kill);
      const generation = await inspect(path);
      // What was acknowledged is there; at most one commit more was done and not yet said.
      expect(generation).toBeGreaterThanOrEqual(Math.max(last, acknowledged));
      if (acknowledged > 0) expect(generation).toBeLessThanOrEqual(acknowledged + 1);
      last = generation;
    }
    expect(last).toBeGreaterThan(KILLS);
    await rm(folder, { recursive: true });
  },
  120_000,
);

/** Lets the child commit at least once, then kills it some milliseconds into what follows; returns the last commit it told of. */
async function runAndKill(path: string, kill: number): Promise<number> {
  const child = spawn(process.execPath, [SCRIPT, BUILT.href, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  await sleep(((kill * 7) % KILLS) * 4 + Math.random() * 4);
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  return Math.max(0, ...said.trim().split('\n').map(Number));
}

async function inspect(path: string): Promise<number> {
  const store = await openLibsqlPassageStore({ analyser: STEM_ANALYSER, path });
  const generation = (await store.manifest())?.generation ?? 0;
  const word = `generation${generation}`;
  expect(await store.countDocuments()).toEqual({ documents: 12, passages: PASSAGES });
  expect(await store.documentFrequencies([word, 'passag'])).toEqual(
    new Map([
      [word, PASSAGES],
      ['passag', PASSAGES],
    ]),
  );
  const vectors: number[][] = [];
  for await (const batch of store.vectors()) vectors.push(...batch.map(({ vector }) => Array.from(vector)));
  expect(vectors).toHaveLength(PASSAGES);
  expect(vectors.every((vector) => vector[generation % 8] === 1)).toBe(true);
  const documents = await store.listDocuments({ limit: 100, filter: { generation } });
  expect(documents).toHaveLength(12);
  await store.close();
  expect(await checkIntegrity(pathToFileURL(path).href)).toEqual([]);
  return generation;
}
