import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLoadMemory } from '../adapters/files/load-memory.ts';
import { openLibsqlPassageStore } from '../adapters/libsql/libsql-passage-store.ts';
import { createExactVectorIndex } from '../adapters/memory/exact-vector-index.ts';
import { STEM_ANALYSER } from '../ask/terms.ts';
import { NO_STRUCTURE } from '../model/document.ts';
import { sha256Hex } from '../model/hash.ts';
import type { DocumentSource } from '../ports/document-source.ts';
import { createFakeEmbedder } from '../testing/fake-embedder.ts';
import { createIngest } from './ingest.ts';
import { createMutex } from './mutex.ts';
import { createRemoveDocuments } from './remove-documents.ts';

/** File name → its documents' texts by name, or why it cannot be read. */
type Files = Readonly<Record<string, Readonly<Record<string, string>> | Error>>;

let folder = '';
let loads: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ibid-reads-'));
  loads = [];
});
afterEach(() => rm(folder, { recursive: true }));

function sourceOf(files: Files, name = 'folder:test'): DocumentSource {
  return {
    name,
    async *items() {
      for (const [uri, content] of Object.entries(files)) {
        const load = async () => {
          loads.push(uri);
          if (content instanceof Error) throw content;
          return Object.entries(content).map(([member, text]) => ({
            ...{ uri: `${uri}#${member}`, title: member, mediaType: 'text/plain', text },
            ...{ metadata: {}, structure: NO_STRUCTURE },
          }));
        };
        yield { uri, load, fingerprint: () => sha256Hex(JSON.stringify([uri, content])) };
      }
    },
  };
}

async function openIbid(name: string, { targetTokens, remembers = true } = {} as Options) {
  const store = await openLibsqlPassageStore({
    analyser: STEM_ANALYSER,
    path: join(folder, `${name}.db`),
  });
  const embedder = createFakeEmbedder();
  const written = { store, embedder, index: createExactVectorIndex(embedder.dimensions) };
  const deps = { ...written, exclusive: createMutex(), clock: () => 0 };
  const memory = createLoadMemory(join(folder, `${name}.json`));
  return {
    ...{ store, remove: createRemoveDocuments(deps) },
    ingest: createIngest({
      ...deps,
      ...(remembers ? { memory } : {}),
      ...(targetTokens === undefined ? {} : { targetTokens }),
    }),
    async texts() {
      const found: string[] = [];
      for await (const batch of store.vectors()) {
        const passages = await store.getPassages(batch.map(({ passageId }) => passageId));
        found.push(...passages.map(({ documentUri, passage }) => `${documentUri} ${passage.text}`));
      }
      return found.sort();
    },
    [Symbol.asyncDispose]: () => store.close(),
  };
}

interface Options {
  readonly targetTokens?: number;
  readonly remembers?: boolean;
}

const FILES = { 'a.zip': { one: 'The pier is long.', two: 'It is old.' }, 'b.txt': { b: 'Boats are blue.' } };

describe('A file that was read before', () => {
  test('is not read again, and what has changed is', async () => {
    await using ibid = await openIbid('ibid');
    expect(await ibid.ingest(sourceOf(FILES))).toMatchObject({ added: 3, unchanged: 0 });
    expect(loads.splice(0)).toEqual(['a.zip', 'b.txt']);
    expect(await ibid.ingest(sourceOf(FILES))).toMatchObject({ added: 0, unchanged: 3, removed: 0 });
    expect(loads.splice(0)).toEqual([]);
    const edited = { 'a.zip': FILES['a.zip'], 'b.txt': { b: 'Boats are red.' } };
    expect(await ibid.ingest(sourceOf(edited))).toMatchObject({ changed: 1, unchanged: 2 });
    expect(loads.splice(0)).toEqual(['b.txt']);
    expect(await ibid.texts()).toContain('b.txt#b Boats are red.');
    // What was forgotten in between is read.
    expect(await ibid.ingest(sourceOf(FILES))).toMatchObject({ changed: 1, unchanged: 2 });
    expect(loads).toEqual(['b.txt']);
  });

  test('is read again when the index does not hold it, and wherever that was asked for', async () => {
    await using ibid = await openIbid('ibid');
    await ibid.ingest(sourceOf(FILES));
    const [document] = await ibid.store.listDocuments({ limit: 1 });
    await ibid.remove([document?.id ?? '']);
    loads = [];
    expect(await ibid.ingest(sourceOf(FILES))).toMatchObject({ added: 1, unchanged: 2 });
    expect(loads.splice(0)).toHaveLength(1);
    expect(await ibid.ingest(sourceOf(FILES), { rebuild: true })).toMatchObject({ changed: 3 });
    expect(loads.splice(0)).toHaveLength(2);
    // Another source takes its documents over, and then the first one again.
    expect(await ibid.ingest(sourceOf(FILES, 'folder:other'))).toMatchObject({ changed: 3 });
    expect(await ibid.ingest(sourceOf(FILES))).toMatchObject({ changed: 3 });
    expect(loads).toHaveLength(4);
  });

  test('is read again after a failure, and told of each time', async () => {
    await using ibid = await openIbid('ibid');
    const torn = { ...FILES, 'c.pdf': new Error('It is torn.') };
    for (const _ of [1, 2])
      expect((await ibid.ingest(sourceOf(torn))).failed).toEqual([{ uri: 'c.pdf', message: 'It is torn.' }]);
    expect(loads).toEqual(['a.zip', 'b.txt', 'c.pdf', 'c.pdf']);
  });

  test('is read again for another splitter', async () => {
    {
      await using ibid = await openIbid('ibid');
      await ibid.ingest(sourceOf(FILES));
    }
    loads = [];
    await using other = await openIbid('ibid', { targetTokens: 60 });
    await other.ingest(sourceOf(FILES), { rebuild: true });
    expect(loads).toEqual(['a.zip', 'b.txt']);
  });

  test('is read again when what was remembered is damaged', async () => {
    await using ibid = await openIbid('ibid');
    await ibid.ingest(sourceOf(FILES));
    const path = join(folder, 'ibid.json');
    const whole = await readFile(path, 'utf8');
    for (const damaged of [whole.slice(0, -9), '[]', '{"folder:test":{"x":[["a",1]]}}', '']) {
      await writeFile(path, damaged);
      loads = [];
      expect(await ibid.ingest(sourceOf(FILES))).toMatchObject({ unchanged: 3 });
      expect(loads).toEqual(['a.zip', 'b.txt']);
      expect(await readFile(path, 'utf8')).toBe(whole);
    }
  });

  test('whatever is edited, the index is the one that reading everything makes', async () => {
    const text = fc.constantFrom('The pier is long.', 'It is old.', 'Boats are blue.');
    const file = fc.dictionary(fc.constantFrom('x', 'y'), text, { maxKeys: 2, noNullPrototype: true });
    const files = fc.dictionary(fc.constantFrom('a', 'b', 'c'), file, { maxKeys: 3, noNullPrototype: true });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(files, { minLength: 1, maxLength: 5 }), async (edits) => {
        run += 1;
        await using remembering = await openIbid(`with-${run}`);
        await using forgetful = await openIbid(`without-${run}`, { remembers: false });
        for (const each of edits) {
          const { elapsedMs: _, ...report } = await remembering.ingest(sourceOf(each));
          expect(await forgetful.ingest(sourceOf(each))).toMatchObject(report);
          expect(await remembering.texts()).toEqual(await forgetful.texts());
        }
      }),
      { numRuns: 25 },
    );
  });
});
