import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { CommanderError } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProgram } from './program.ts';

let folder = '';
let environment: Record<string, string> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-cli-'));
  const documents = join(folder, 'documents');
  await mkdir(documents);
  await writeFile(
    join(documents, 'keeper.md'),
    '# Lighthouse\n\nThe keeper of the lighthouse is Orla Finn.\n',
  );
  environment = { IBID_DOCUMENTS: documents, IBID_DATA: join(folder, 'data'), IBID_ADMIN_KEY: 'hush-hush' };
});

afterAll(() => rm(folder, { recursive: true }));

function run(...words: string[]) {
  return runWith('', ...words);
}

/** Runs a command with this on its standard input. */
async function runWith(input: string, ...words: string[]) {
  const stdin = Readable.from([input]);
  const stdout = new PassThrough({ encoding: 'utf8' });
  const stderr = new PassThrough({ encoding: 'utf8' });
  let code = 0;
  let error: unknown;
  const { signal } = new AbortController();
  const setExitCode = (given: number) => {
    code = given;
  };
  await createProgram({ environment, stdin, stdout, stderr, signal, setExitCode }, '1.2.3')
    .parseAsync(words, { from: 'user' })
    .catch((thrown: unknown) => {
      error = thrown;
    });
  return { out: String(stdout.read() ?? ''), err: String(stderr.read() ?? ''), code, error };
}

describe('The command line', () => {
  test('says what is wrong with its arguments', async () => {
    for (const words of [['bogus'], ['ask'], ['search', 'x', '--limit', '99'], ['status', '--bogus']]) {
      const { err, error } = await run(...words);
      expect(error).toBeInstanceOf(CommanderError);
      expect(err).toContain('error:');
    }
  });

  test('its help names the exit codes', async () => {
    expect((await run('--help')).out).toContain('Exit codes');
    expect((await run('ingest', '--help')).out).toContain('Exit codes');
  });

  test('config shows where values come from and no secret', async () => {
    const { out } = await run('config');
    expect(out).toContain('IBID_ADMIN_KEY = ******** (environment)');
    expect(out).toContain('PORT = 8787 (default)');
    expect(out + (await run('config', '--json')).out).not.toContain('hush-hush');
  });

  test('asking before anything is ingested says what to run', async () => {
    expect((await run('ask', 'Who?')).error).toMatchObject({ code: 'not_ready' });
    expect((await run('status')).out).toContain('npx ibid ingest');
    expect((await run('ask', ' ')).error).toMatchObject({ code: 'bad_request' });
  });

  test('ingests, answers with a verbatim quote and its place, and declines', async () => {
    expect((await run('ingest')).out).toContain('1 added, 0 changed');
    expect(JSON.parse((await run('ingest', '--json')).out)).toMatchObject({ unchanged: 1, generation: 1 });
    const answered = await run('ask', 'Who is the keeper of the lighthouse?');
    expect(answered.out).toContain('“The keeper of the lighthouse is Orla Finn.”');
    expect(answered.out).toContain('line 3:1');
    const json = JSON.parse((await run('ask', 'Who is the keeper of the lighthouse?', '--json')).out);
    expect(json).toMatchObject({ status: 'answered', citations: [{ uri: 'keeper.md' }] });
    const [{ quote, start, end }] = json.citations;
    expect('# Lighthouse\n\nThe keeper of the lighthouse is Orla Finn.\n'.slice(start, end)).toBe(quote);
    expect((await run('ask', 'What does zinc cost in Peru?')).out).toContain('could not find');
    expect((await run('search', 'lighthouse')).out).toContain('keeper.md:');
    expect(JSON.parse((await run('status', '--json')).out)).toMatchObject({ documents: 1, fits: true });
  });

  test('a chat over a pipe understands follow-ups, and begins anew when told to', async () => {
    const lines = [
      'Who is the keeper of the lighthouse?',
      '',
      'why is she?',
      '/new',
      '/oops',
      'why is she?',
      '/quit',
      'x',
    ];
    const { out, error } = await runWith(`${lines.join('\n')}\n`, 'chat');
    expect(error).toBeUndefined();
    const [first = '', second = '', anew = '', oops = '', third = '', ...rest] = out.split(/^› /m).slice(1);
    expect(first).toContain('The keeper of the lighthouse is Orla Finn. [1]\n\n[1] keeper.md:');
    expect(first).toContain('line 3:1');
    expect(second).toMatch(/understood as: .*Orla Finn/);
    expect([anew, oops]).toEqual([
      '/new\nA new conversation.\n\n',
      '/oops\nThere is no /oops: /help shows what there is.\n\n',
    ]);
    expect(third).not.toContain('understood as');
    expect(rest).toEqual(['/quit\n']);
  });

  test('a chat tells a program a JSON line for each answer, and what went wrong', async () => {
    const question = 'Who is the keeper of the lighthouse?';
    const { out } = await runWith(`${question}\n/new\n${question}`, 'chat', '--json');
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers).toMatchObject([{ status: 'answered' }, { status: 'answered' }]);
    expect(answers[0].conversation_id).not.toBe(answers[1].conversation_id);
    const { out: gone } = await runWith('Who?\n', 'chat', '--json', '--conversation', 'conv_gone');
    expect(JSON.parse(gone)).toMatchObject({ error: { code: 'not_found' } });
  });

  test('a file that cannot be read is named, and the exit code says so', async () => {
    const other = join(folder, 'other');
    await mkdir(other);
    await writeFile(join(other, 'note.txt'), 'The ferry sails at nine.');
    await writeFile(join(other, 'torn.pdf'), 'no pdf');
    const { code, err, out } = await run('ingest', other);
    expect(code).toBe(3);
    expect(err).toContain('skipped other/torn.pdf');
    expect(out).toContain('1 added');
    expect(JSON.parse((await run('status', '--json')).out)).toMatchObject({ documents: 2 });
  });

  test('another embedder is refused with what to run', async () => {
    environment = { ...environment, IBID_EMBED_PRECISION: 'int8' };
    const { error } = await run('ask', 'Who?');
    expect(error).toMatchObject({
      code: 'index_incompatible',
      message: expect.stringContaining('--rebuild'),
    });
    expect((await run('status')).out).toContain('--rebuild');
  });
});
