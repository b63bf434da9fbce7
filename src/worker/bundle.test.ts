import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** What the plan without cost allows is three times as much. */
const MOST_BYTES = 1_000_000;
/** https://developers.cloudflare.com/workers/platform/limits/#worker-startup-time allows a second. */
const MOST_STARTUP_MS = 400;

interface Metafile {
  readonly inputs: Readonly<Record<string, { readonly imports: readonly { readonly path: string }[] }>>;
  readonly outputs: Readonly<Record<string, { readonly imports: readonly { readonly path: string }[] }>>;
}

let folder: string;
let script: string;
let metafile: Metafile;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-bundle-'));
  await promisify(execFile)(
    process.execPath,
    [
      ...['node_modules/wrangler/bin/wrangler.js', 'deploy', '--dry-run', '--env', 'production'],
      ...['--outdir', folder, '--metafile', join(folder, 'meta.json')],
    ],
    { env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' } },
  );
  script = await readFile(join(folder, 'worker.js'), 'utf8');
  metafile = JSON.parse(await readFile(join(folder, 'meta.json'), 'utf8')) as Metafile;
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('The bundle of the Worker', () => {
  it('is at most 1 MB, compressed', () => {
    expect(gzipSync(script).length).toBeLessThan(MOST_BYTES);
  });

  it("holds nothing of Node's, nor what wrangler would put in its place", () => {
    const imported = Object.values({ ...metafile.inputs, ...metafile.outputs }).flatMap(({ imports }) =>
      imports.map(({ path }) => path),
    );
    expect(imported.filter((path) => path.startsWith('node:'))).toEqual([]);
    expect(
      Object.keys(metafile.inputs).filter((path) => /unenv|langchain|libsql|hnswlib/.test(path)),
    ).toEqual([]);
  });

  it('starts within 400 ms of processor time', async () => {
    const spent = [await startUp(), await startUp(), await startUp()];
    expect(Math.min(...spent)).toBeGreaterThan(1);
    expect(Math.min(...spent)).toBeLessThan(MOST_STARTUP_MS);
  }, 60_000);
});

/** Processor milliseconds that a fresh V8 takes to read and run the bundle up to its first request. */
async function startUp(): Promise<number> {
  const shim = join(folder, 'shim.mjs');
  const file = join(folder, 'worker.mjs');
  await writeFile(shim, 'export class DurableObject {}');
  await writeFile(file, script.replaceAll('"cloudflare:workers"', '"./shim.mjs"'));
  const measure = `const before = process.cpuUsage(); await import(${JSON.stringify(file)});
    const { user, system } = process.cpuUsage(before); console.log((user + system) / 1000);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', measure]);
  return Number(stdout);
}
