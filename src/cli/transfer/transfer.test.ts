import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfig } from '../../config.ts';
import { serve } from '../../node/serve.ts';
import { openIbid, openStored } from '../../node.ts';
import { createProgram } from '../program.ts';

let folder = '';
/** Settings of an Ibid with a data folder of its own. */
const at = (name: string, more: Record<string, string> = {}) => ({
  IBID_DOCUMENTS: join(folder, 'documents'),
  IBID_DATA: join(folder, name),
  ...more,
});
const pathOf = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-transfer-'));
  await mkdir(join(folder, 'documents'));
  await writeFile(
    join(folder, 'documents', 'keeper.md'),
    '---\nteam: coast\n---\n# Lighthouse\n\nThe keeper of the lighthouse is Orla Finn.\u2028She came in 1931.\n\n## Boat\n\nThe boat is red.\n',
  );
  await writeFile(join(folder, 'documents', 'notes.txt'), 'The tide turns at noon.\n');
  const ibid = await openIbid(parseConfig(at('source')));
  try {
    const { configuredSource } = await import('../../node/sources.ts');
    await ibid.ingest(await configuredSource(parseConfig(at('source'))));
    for (const question of ['Who is the keeper of the lighthouse?', 'What colour is the moon base?']) {
      for await (const event of ibid.ask({ question })) {
        if (event.type === 'answer-end' && question.startsWith('Who')) {
          const rating = {
            rating: 'down',
            comment: 'When, too?',
            ratedAt: '2026-01-02T00:00:00.000Z',
          } as const;
          await ibid.conversations.saveFeedback({ answerId: event.id, ...rating });
        }
      }
    }
  } finally {
    await ibid.close();
  }
  expect((await run(at('source'), 'export', pathOf('all.jsonl'))).error).toBeUndefined();
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

async function run(environment: Record<string, string>, ...words: string[]) {
  return runWith('', environment, ...words);
}

/** Runs a command with this on its standard input. */
async function runWith(input: string | Uint8Array, environment: Record<string, string>, ...words: string[]) {
  const stdout = new PassThrough({ encoding: 'utf8' });
  const stderr = new PassThrough({ encoding: 'utf8' });
  let error: unknown;
  const context = {
    ...{ environment, stdout, stderr, stdin: Readable.from([input]), setExitCode: () => {} },
    signal: new AbortController().signal,
  };
  await createProgram(context, '1.2.3')
    .parseAsync(words, { from: 'user' })
    .catch((thrown: unknown) => {
      error = thrown;
    });
  return { out: String(stdout.read() ?? ''), err: String(stderr.read() ?? ''), error };
}

/** Everything that an Ibid stores, but for when it was exported. */
async function contentOf(environment: Record<string, string>): Promise<unknown[]> {
  const { out } = await run(environment, 'export', '-');
  return recordsIn(out);
}

function recordsIn(text: string): unknown[] {
  const [, ...lines] = text.trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

/** How many documents and conversations an Ibid holds. */
async function sizeOf(environment: Record<string, string>): Promise<[number, number]> {
  const { store, conversations, close } = await openStored(parseConfig(environment));
  try {
    const { documents } = await store.countDocuments();
    return [documents, (await conversations.listConversations({ limit: 100 })).length];
  } finally {
    await close();
  }
}

describe('Moving', () => {
  test('carries documents, conversations and feedback from one Ibid to another, and changes nothing when repeated', async () => {
    const { out } = await run(at('target'), 'import', pathOf('all.jsonl'));
    expect(out).toContain('2 added, 0 changed, 0 unchanged; turns of conversations: 2 added');
    expect(await contentOf(at('target'))).toEqual(await contentOf(at('source')));
    expect(JSON.parse((await run(at('target'), 'import', '--json', pathOf('all.jsonl'))).out)).toEqual({
      documents: { added: 0, changed: 0, unchanged: 2 },
      turns: 0,
      expired: 0,
    });
    expect(await contentOf(at('target'))).toEqual(await contentOf(at('source')));
    // What was moved is found and cited, and an ingestion of the same folder finds nothing to do.
    const answer = JSON.parse(
      (await run(at('target'), 'ask', '--json', 'Who is the keeper of the lighthouse?')).out,
    );
    expect(answer.citations[0].quote).toContain('Orla Finn');
    expect((await run(at('target'), 'ingest')).out).toContain('0 added, 0 changed, 0 removed, 2 unchanged');
  }, 60_000);

  test('goes through pipes and packed files', async () => {
    await run(at('source'), 'export', pathOf('all.jsonl.gz'));
    const packed = await readFile(pathOf('all.jsonl.gz'));
    expect(recordsIn(gunzipSync(packed).toString())).toEqual(await contentOf(at('source')));
    expect((await runWith(packed, at('piped'), 'import', '-')).out).toContain('2 added');
    expect(await contentOf(at('piped'))).toEqual(await contentOf(at('source')));
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  }, 60_000);

  test('keeps what stands there beside it', async () => {
    const ibid = await openIbid(parseConfig(at('beside')));
    const turn = {
      id: 'ans_own',
      question: 'Q',
      standaloneQuestion: 'Q',
      confidence: 0,
      askedAt: new Date().toISOString(),
    };
    const answer = { status: 'declined', reason: 'no_documents', text: 'None.', closest: [] } as const;
    await ibid.conversations.appendTurn('conv_own', { ...turn, answer });
    await ibid.close();
    await run(at('beside'), 'import', pathOf('all.jsonl'));
    expect(await sizeOf(at('beside'))).toEqual([2, 3]);
  }, 60_000);

  test('leaves out conversations that have expired, with a word, also where one still lies unswept', async () => {
    const lines = (await readFile(pathOf('all.jsonl'), 'utf8')).split('\n');
    const aged = lines.map((line) =>
      line.replace(/"askedAt":"[^"]+"/, '"askedAt":"2020-01-01T00:00:00.000Z"'),
    );
    await writeFile(pathOf('aged.jsonl'), aged.join('\n'));
    const forever = await run(at('aged', { IBID_CONVERSATION_TTL: 'never' }), 'import', pathOf('aged.jsonl'));
    expect(forever.out).toContain('turns of conversations: 2 added');
    expect(forever.err).not.toContain('left out');
    const again = await run(at('aged'), 'import', pathOf('aged.jsonl'));
    expect(again.error).toBeUndefined();
    expect(again.out).toContain('turns of conversations: 0 added');
    expect(again.err).toContain('2 conversations left out');
    expect(JSON.parse((await run(at('aged'), 'import', '--json', pathOf('aged.jsonl'))).out)).toMatchObject({
      turns: 0,
      expired: 2,
    });
    // The same conversations, gone on since: what has expired here makes room.
    await run(at('aged', { IBID_CONVERSATION_TTL: 'never' }), 'import', pathOf('aged.jsonl'));
    const revived = await run(at('aged'), 'import', pathOf('all.jsonl'));
    expect(revived.error).toBeUndefined();
    expect(revived.out).toContain('turns of conversations: 2 added');
  }, 60_000);

  test('to and from another Ibid over HTTP, with its admin key', async () => {
    const key = { IBID_ADMIN_KEY: 'hush-hush' };
    await mkdir(pathOf('nothing'), { recursive: true });
    const there = at('remote', { ...key, PORT: '0', IBID_DOCUMENTS: pathOf('nothing') });
    const server = await serve(parseConfig(there), () => {});
    try {
      await server.ingested;
      const refused = await run(
        at('x', { IBID_ADMIN_KEY: 'wrong' }),
        'import',
        '--to',
        server.url,
        pathOf('all.jsonl'),
      );
      expect(refused.error).toMatchObject({ code: 'unauthorized' });
      const send = async () => {
        const sent = await run(at('x', key), 'import', '--json', '--to', server.url, pathOf('all.jsonl'));
        expect(sent.error).toBeUndefined();
        return sent;
      };
      expect(JSON.parse((await send()).out)).toEqual({
        documents: { added: 2, changed: 0, unchanged: 0 },
        turns: 2,
        expired: 0,
      });
      expect(JSON.parse((await send()).out)).toEqual({
        documents: { added: 0, changed: 0, unchanged: 2 },
        turns: 0,
        expired: 0,
      });
      const { out } = await run(at('x', key), 'export', '--from', server.url, '-');
      expect(recordsIn(out)).toEqual(await contentOf(at('source')));
    } finally {
      await server.close();
    }
  }, 60_000);
});

describe('A damaged archive is refused, naming the line, and nothing of it is imported:', () => {
  const edit = (change: (lines: string[]) => string[]) => async (): Promise<string | Uint8Array> =>
    change((await readFile(pathOf('all.jsonl'), 'utf8')).split('\n')).join('\n');
  const inLine = (number: number, from: string | RegExp, to: string) =>
    edit((lines) => lines.map((line, index) => (index === number - 1 ? line.replace(from, to) : line)));
  const cases: [string, () => Promise<string | Uint8Array>, string][] = [
    ['no archive at all', async () => 'Dear Sir,\n', 'line 1: it is not JSON'],
    ['an empty file', async () => '', 'it is empty'],
    ['of a newer version', inLine(1, '"version":1', '"version":9'), 'line 1: it was written in version 9'],
    ['without its header', edit((lines) => lines.slice(1)), 'its first line is no header'],
    ['cut off between two lines', edit((lines) => lines.slice(0, 3)), 'its end is missing'],
    [
      'cut off within a line',
      edit((lines) => [...lines.slice(0, 3), lines[3]?.slice(0, 50) ?? '']),
      'line 4: it is not JSON',
    ],
    [
      'with a document missing',
      edit((lines) => lines.filter((_, at) => at !== 2)),
      'it should hold 2 documents and holds 1',
    ],
    [
      'with a passage beyond its text',
      inLine(2, /"end":\d+/, '"end":99999'),
      'line 2: passage 0 does not lie within the text',
    ],
    [
      'with a faulty date',
      inLine(4, /"askedAt":"[^"]+"/, '"askedAt":"yesterday"'),
      'line 4: conversation.turns.0.askedAt',
    ],
    [
      'with a text that Ibid would not store so',
      inLine(2, 'The keeper', 'The\\u0000 keeper'),
      'line 2: its text is not as Ibid stores it',
    ],
    [
      'packed and cut off',
      async () => gzipSync(await readFile(pathOf('all.jsonl'))).subarray(0, -40),
      'unexpected end of file',
    ],
  ];

  test.each(cases)('%s', async (name, bytes, message) => {
    const path = pathOf(`${name}.jsonl`);
    await writeFile(path, await bytes());
    const { error } = await run(at('untouched'), 'import', path);
    expect(error).toMatchObject({ code: 'bad_request', message: expect.stringContaining(message) });
    expect(String(error)).toContain('Nothing was imported');
    expect(await sizeOf(at('untouched'))).toEqual([0, 0]);
  });

  test('or one that is not there', async () => {
    const { error } = await run(at('untouched'), 'import', pathOf('none.jsonl'));
    expect(error).toMatchObject({ code: 'bad_request', message: expect.stringContaining('cannot be read') });
  });
});
