import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samplePdf } from '../src/testing/sample-files.ts';
import { copyRepository } from './readme/copy-repository.ts';
import { parseReadme, type ReadmeCommand } from './readme/parse-readme.ts';
import { openShell, type Shell } from './readme/shell.ts';
import { type Reply, showPrinted, showReply, withoutConfidence } from './readme/shown.ts';

/**
 * Types what README.md tells a newcomer to type, in a copy of the repository, and compares what it prints with what the
 * README says. `UPDATE_README=1 npx vitest run scripts/readme.test.ts` writes the real answers into the README instead.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const README = join(ROOT, 'README.md');
const readme = await readFile(README, 'utf8');
const commands = parseReadme(readme);
const TIMEOUT = 120_000;

/** How each kind of command is run: the first that fits. A command that fits none fails its test. */
const RUNNERS: readonly (readonly [RegExp, (given: ReadmeCommand) => Promise<void>])[] = [
  [/^npm ci && npm start$/, installAndStart],
  [/ npm start$/, startWithOwnDocuments],
  [/^npx ibid ask "[^"]+"$/, askOnCommandLine],
  [/^npx ibid ingest /, ingest],
  [/^curl .*\/v1\/ask /, askOverHttp],
];

let folder = '';
let clone = '';
let port = 0;
let site: Server;
let shell: Shell;
let otherPort = 0;
let otherShell: Shell;
/** The README as it would be with the answers of this run. */
let updated = readme;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-readme-'));
  clone = join(folder, 'ibid');
  await copyRepository(ROOT, clone);
  await writeDocuments();
  site = await serveSite();
  [port, otherPort] = [await freePort(), await freePort()];
  // `npx ibid` links the copy into npm's cache: one of its own, so that nothing is left behind.
  const settings = { npm_config_cache: join(folder, 'npm') };
  shell = openShell(clone, { ...settings, PORT: String(port) });
  otherShell = openShell(clone, { ...settings, PORT: String(otherPort) });
}, TIMEOUT);

afterAll(async () => {
  await Promise.all([shell.close(), otherShell.close()]);
  site.close();
  await rm(folder, { recursive: true });
  if (process.env.UPDATE_README) await writeFile(README, updated);
}, TIMEOUT);

describe('README.md', () => {
  test('has commands and marked answers to check', () => {
    expect(commands.length).toBeGreaterThan(4);
    const [example = ''] = /<!-- example:begin -->[\s\S]*<!-- example:end -->/.exec(readme) ?? [];
    expect(parseReadme(example).map(({ printed }) => printed)).not.toContain('');
    expect(parseReadme(example).length).toBe(commands.filter(({ printed }) => printed !== '').length);
  });

  for (const given of commands) {
    test(
      given.command,
      async () => {
        const runner = RUNNERS.find(([pattern]) => pattern.test(given.command))?.[1];
        if (runner === undefined)
          throw new Error('Nothing in this test runs this command: add it to RUNNERS.');
        await runner(given);
      },
      TIMEOUT,
    );
  }
});

/** `npm ci` ran before the tests; what can still be wrong is a lock file that does not fit, which it refuses. */
async function installAndStart({ command }: ReadmeCommand): Promise<void> {
  const [manifest, lock] = await Promise.all([readJson('package.json'), readJson('package-lock.json')]);
  const locked = lock.packages?.[''] ?? {};
  for (const kind of ['dependencies', 'devDependencies', 'engines'] as const) {
    expect(locked[kind], `${kind} of the lock file`).toEqual(manifest[kind]);
  }
  await shell.start(command.replace('npm ci && ', ''), `http://localhost:${port}/readyz`);
  const page = await fetch(`http://localhost:${port}/`);
  expect([page.status, page.headers.get('content-type')]).toEqual([
    200,
    expect.stringContaining('text/html'),
  ]);
}

async function startWithOwnDocuments({ command }: ReadmeCommand): Promise<void> {
  const here = command
    .replace('/path/to/folder', join(folder, 'own'))
    .replace('/path/to/index', join(folder, 'own-index'));
  expect(here).not.toContain('/path/to');
  await otherShell.start(here, `http://localhost:${otherPort}/readyz`);
  const list = await (await fetch(`http://localhost:${otherPort}/v1/documents`)).json();
  expect(list).toMatchObject({ total: 1, documents: [{ uri: 'owls.md' }] });
}

async function askOnCommandLine({ command, printed }: ReadmeCommand): Promise<void> {
  compare(printed, showPrinted(await shell.run(command)));
}

async function askOverHttp({ command, printed }: ReadmeCommand): Promise<void> {
  expect(command).toContain('http://localhost:8787/');
  const output = await shell.run(command.replace('localhost:8787', `localhost:${port}`));
  const reply = JSON.parse(output) as Reply;
  compare(printed, showReply(reply));
  for (const { document_id, start, end, quote } of reply.citations) {
    const document = await (await fetch(`http://localhost:${port}/v1/documents/${document_id}`)).json();
    expect((document as { text: string }).text.slice(start, end)).toBe(quote);
  }
}

async function ingest({ command }: ReadmeCommand): Promise<void> {
  const page = `http://localhost:${(site.address() as AddressInfo).port}/handbook.html`;
  const here = command.replace(/https:\/\/example\.org\/\S*/, `${page} --allow-private`);
  expect(here).toContain(page);
  expect(await shell.run(here)).toMatch(/^3 added, 0 changed, 0 removed, 0 unchanged, 0 failed$/m);
}

function compare(printed: string, shown: string): void {
  if (process.env.UPDATE_README) updated = updated.replace(printed, () => shown);
  else expect(withoutConfidence(printed)).toBe(withoutConfidence(shown));
}

/** What the README takes for granted: a folder and a file beside it, and a folder elsewhere. */
async function writeDocuments(): Promise<void> {
  const text = 'Barn owls hunt mice at night.';
  await mkdir(join(clone, 'handbook'));
  await writeFile(join(clone, 'handbook', 'leave.md'), '# Leave\n\nLeave is 28 days a year.\n');
  await writeFile(join(clone, 'notes.pdf'), samplePdf({ pages: [['The ferry leaves at nine.']] }));
  await mkdir(join(folder, 'own'));
  await writeFile(join(folder, 'own', 'owls.md'), `# Owls\n\n${text}\n`);
}

async function serveSite(): Promise<Server> {
  const page = '<!doctype html><title>Handbook</title><main><h1>Travel</h1><p>Travel by train.</p></main>';
  const server = createServer((request, response) => {
    if (request.url !== '/handbook.html') return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return server;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}

interface Manifest {
  readonly dependencies?: unknown;
  readonly devDependencies?: unknown;
  readonly engines?: unknown;
}

async function readJson(name: string): Promise<Manifest & { readonly packages?: Record<string, Manifest> }> {
  return JSON.parse(await readFile(join(ROOT, name), 'utf8'));
}
