import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { type LibsqlPassageStore, openLibsqlPassageStore } from '../adapters/libsql/libsql-passage-store.ts';
import { createExactVectorIndex } from '../adapters/memory/exact-vector-index.ts';
import { STEM_ANALYSER } from '../ask/terms.ts';
import { type LoadedDocument, NO_STRUCTURE } from '../model/document.ts';
import { IbidError } from '../model/errors.ts';
import type { DocumentSource } from '../ports/document-source.ts';
import type { Embedder } from '../ports/embedder.ts';
import { createFakeEmbedder, type FakeEmbedder } from '../testing/fake-embedder.ts';
import { createIngest } from './ingest.ts';
import { createMutex } from './mutex.ts';
import { createRemoveDocuments } from './remove-documents.ts';
import type { IngestProgress } from './report.ts';

/** File name → text, or the error that loading it ends with. */
type Folder = Readonly<Record<string, string | Error>>;

const opened: { store: LibsqlPassageStore; directory: string }[] = [];

afterEach(async () => {
  for (const { store, directory } of opened.splice(0)) {
    await store.close();
    await rm(directory, { recursive: true });
  }
});

async function openIndex(embedder: Embedder = createFakeEmbedder()) {
  const directory = await mkdtemp(join(tmpdir(), 'ibid-ingest-'));
  const store = await openLibsqlPassageStore({ analyser: STEM_ANALYSER, path: join(directory, 'ibid.db') });
  opened.push({ store, directory });
  const index = createExactVectorIndex(embedder.dimensions);
  const deps = { store, embedder, index, exclusive: createMutex(), clock: () => 0 };
  return {
    store,
    index,
    embedder,
    deps,
    ingest: createIngest(deps),
    removeDocuments: createRemoveDocuments(deps),
  };
}

function loaded(uri: string, text: string): LoadedDocument {
  return { uri, title: uri, mediaType: 'text/plain', text, metadata: {}, structure: NO_STRUCTURE };
}

function sourceOf(folder: Folder, name = 'folder:test'): DocumentSource {
  return {
    name,
    async *items() {
      for (const [uri, content] of Object.entries(folder)) {
        yield {
          uri,
          load: async () => {
            if (content instanceof Error) throw content;
            return [loaded(uri, content)];
          },
        };
      }
    },
  };
}

function embeddedTexts(embedder: FakeEmbedder): string[] {
  return embedder.calls.flatMap((call) =>
    call.type === 'passages' ? call.passages.map(({ text }) => text) : [],
  );
}

async function contentOf(store: LibsqlPassageStore): Promise<unknown[]> {
  const ids: string[] = [];
  for await (const batch of store.vectors()) ids.push(...batch.map(({ passageId }) => passageId));
  const stored = await store.getPassages(ids.sort());
  return stored.map(({ passage, embedding }) => ({ ...passage, vector: [...embedding.vector] }));
}

/** Longer than one passage. */
function longText(topic: string): string {
  return Array.from({ length: 40 }, (_, n) => `The ${topic} has part ${n} and it is a good one indeed.`).join(
    ' ',
  );
}

describe('createIngest', () => {
  test('the embedder does not wait for the last document', async () => {
    const embedder = createFakeEmbedder();
    const { ingest } = await openIndex(embedder);
    const embeddedAt: number[] = [];
    const slow: DocumentSource = {
      name: 'folder:slow',
      async *items() {
        for (let number = 0; number < 100; number++) {
          embeddedAt.push(embeddedTexts(embedder).length);
          yield { uri: `${number}`, load: async () => [loaded(`${number}`, `Part ${number} is good.`)] };
        }
      },
    };
    expect(await ingest(slow)).toMatchObject({ added: 100, embeddedPassages: 100 });
    expect(embeddedAt[0]).toBe(0);
    expect(embeddedAt.at(-1)).toBeGreaterThan(0);
  });

  test('a first run adds every document and a second changes nothing', async () => {
    const embedder = createFakeEmbedder();
    const { ingest, store } = await openIndex(embedder);
    const folder = { 'a.txt': 'Apples are red.', 'b.txt': longText('boat') };
    const first = await ingest(sourceOf(folder));
    expect(first).toMatchObject({
      added: 2,
      changed: 0,
      removed: 0,
      unchanged: 0,
      failed: [],
      generation: 1,
    });
    expect(first.embeddedPassages).toBe((await store.countDocuments()).passages);
    const calls = embedder.calls.length;
    const second = await ingest(sourceOf(folder));
    expect(second).toMatchObject({ added: 0, unchanged: 2, embeddedPassages: 0, generation: 1 });
    expect(embedder.calls.length).toBe(calls);
  });

  test('stored passages slice exactly from the stored text', async () => {
    const { ingest, store } = await openIndex();
    await ingest(sourceOf({ 'b.txt': longText('boat') }));
    const [summary] = await store.listDocuments({ limit: 1 });
    const document = await store.getDocument(summary?.id ?? '');
    const passages = (await contentOf(store)) as { start: number; end: number; text: string }[];
    expect(passages.length).toBeGreaterThan(1);
    for (const { start, end, text } of passages) expect(document?.text.slice(start, end)).toBe(text);
  });

  test('an edit embeds only the passages that it changes', async () => {
    const embedder = createFakeEmbedder();
    const { ingest } = await openIndex(embedder);
    const paragraphs = ['boat', 'train', 'plane'].map(longText);
    await ingest(sourceOf({ 'a.txt': paragraphs.join('\n\n') }));
    const before = embeddedTexts(embedder).length;
    const edited = paragraphs.join('\n\n').replace('The plane has part 39', 'The plane lost part 39');
    const report = await ingest(sourceOf({ 'a.txt': edited }));
    expect(report).toMatchObject({ changed: 1, embeddedPassages: 1 });
    expect(report.reusedPassages).toBe(before - 1);
    expect(embeddedTexts(embedder).at(-1)).toContain('lost part 39');
  });

  test('removed documents leave the store and the index, but only those of the same source', async () => {
    const { ingest, store, index, embedder } = await openIndex();
    await ingest(sourceOf({ 'a.txt': 'Apples are red.', 'b.txt': 'Boats are blue.' }));
    await ingest(sourceOf({ 'c.txt': 'Cars are green.' }, 'upload'), { prune: false });
    const report = await ingest(sourceOf({ 'a.txt': 'Apples are red.' }));
    expect(report).toMatchObject({ removed: 1, unchanged: 1 });
    expect((await store.listDocuments({ limit: 9 })).map(({ uri }) => uri)).toEqual(['a.txt', 'c.txt']);
    const matches = await index.search({ vector: await embedder.embedQuery('boats'), limit: 9 });
    expect(matches).toHaveLength(2);
  });

  test('a file that fails is reported, the rest goes on, and its stored version stays', async () => {
    const { ingest, store } = await openIndex();
    await ingest(sourceOf({ 'a.txt': 'Apples are red.', 'b.txt': 'Boats are blue.' }));
    const report = await ingest(
      sourceOf({ 'a.txt': new IbidError('document_unreadable', 'It is torn.'), 'b.txt': 'Boats are white.' }),
    );
    expect(report).toMatchObject({
      changed: 1,
      removed: 0,
      failed: [{ uri: 'a.txt', message: 'It is torn.' }],
    });
    expect((await store.countDocuments()).documents).toBe(2);
  });

  test('the second document with the same uri fails with a message', async () => {
    const { ingest } = await openIndex();
    const source = {
      name: 'twins',
      async *items() {
        yield { uri: 'x', load: async () => [loaded('x', 'One.'), loaded('x', 'Two.')] };
      },
    };
    const report = await ingest(source);
    expect(report.added).toBe(1);
    expect(report.failed[0]?.message).toMatch(/same uri.*Rename/);
  });

  test('a source that breaks off leaves the old index', async () => {
    const { ingest, store } = await openIndex();
    await ingest(sourceOf({ 'a.txt': 'Apples are red.' }));
    const broken: DocumentSource = {
      name: 'folder:test',
      // biome-ignore lint/correctness/useYield: it fails before it has anything.
      async *items() {
        throw new IbidError('config_invalid', 'There is no such folder.');
      },
    };
    await expect(ingest(broken)).rejects.toMatchObject({ code: 'config_invalid' });
    expect(await store.countDocuments()).toEqual({ documents: 1, passages: 1 });
  });

  test('an embedder that fails leaves the old index', async () => {
    const { deps, ingest, store } = await openIndex();
    await ingest(sourceOf({ 'a.txt': 'Apples are red.' }));
    const failure = new IbidError('embedder_failed', 'Out of memory.');
    const failing = createIngest({ ...deps, embedder: createFakeEmbedder({ failure }) });
    await expect(failing(sourceOf({ 'b.txt': longText('boat') }))).rejects.toBe(failure);
    expect((await store.manifest())?.generation).toBe(1);
    expect((await store.listDocuments({ limit: 9 })).map(({ uri }) => uri)).toEqual(['a.txt']);
  });

  test('an aborted run keeps the old index and the work it did', async () => {
    const embedder = createFakeEmbedder();
    const { ingest, store } = await openIndex(embedder);
    await ingest(sourceOf({ 'old.txt': 'Apples are red.' }));
    const folder = Object.fromEntries(
      Array.from({ length: 300 }, (_, n) => [`${n}.txt`, `File ${n} is here.`]),
    );
    const stop = new AbortController();
    const onProgress = ({ done }: IngestProgress) => {
      if (done >= 64) stop.abort(new Error('stopped'));
    };
    await expect(ingest(sourceOf(folder), { signal: stop.signal, onProgress })).rejects.toThrow('stopped');
    expect(await store.countDocuments()).toEqual({ documents: 1, passages: 1 });
    const again = await ingest(sourceOf(folder));
    expect(again.reusedPassages).toBeGreaterThanOrEqual(64);
    expect(again).toMatchObject({ added: 300, removed: 1, generation: 2 });
    expect(new Set(embeddedTexts(embedder)).size).toBe(embeddedTexts(embedder).length);
  });

  test('never more than two batches are with the embedder', async () => {
    const fake = createFakeEmbedder();
    let running = 0;
    let most = 0;
    const embedder: Embedder = {
      ...fake,
      embedPassages: async (passages) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 400));
        running--;
        return fake.embedPassages(passages);
      },
    };
    const { ingest } = await openIndex(embedder);
    const folder = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, n) => [`${n}.txt`, `File ${n} is here.`]),
    );
    await ingest(sourceOf(folder));
    expect(most).toBe(2);
  });

  test('equal passages of a run are embedded once', async () => {
    const embedder = createFakeEmbedder();
    const { ingest } = await openIndex(embedder);
    const source: DocumentSource = {
      name: 'copies',
      async *items() {
        for (const uri of ['1', '2', '3']) {
          yield { uri, load: async () => [{ ...loaded(uri, 'The same text.'), title: 'Same' }] };
        }
      },
    };
    expect(await ingest(source)).toMatchObject({ added: 3, embeddedPassages: 1, reusedPassages: 2 });
  });

  test('an index of another embedder is refused, unless it is rebuilt whole', async () => {
    const { deps, ingest, store, removeDocuments } = await openIndex();
    await ingest(sourceOf({ 'a.txt': 'Apples are red.' }));
    await ingest(sourceOf({ 'c.txt': 'Cars are green.' }, 'upload'), { prune: false });
    const other = createFakeEmbedder({ id: 'fake/other', dimensions: 32 });
    const index = createExactVectorIndex(32);
    const withOther = createIngest({ ...deps, embedder: other, index });
    await expect(withOther(sourceOf({ 'a.txt': 'Apples.' }))).rejects.toMatchObject({
      code: 'index_incompatible',
    });
    await withOther(sourceOf({ 'a.txt': 'Apples.' }), { rebuild: true });
    expect(await store.manifest()).toMatchObject({ embedderId: 'fake/other', generation: 3 });
    expect((await store.countDocuments()).documents).toBe(2);
    for await (const batch of store.vectors())
      for (const { vector } of batch) expect(vector).toHaveLength(32);
    expect(await index.search({ vector: await other.embedQuery('cars'), limit: 9 })).toHaveLength(2);
    await expect(removeDocuments(['doc_x'])).rejects.toMatchObject({ code: 'index_incompatible' });
  });

  test('another splitter splits everything anew', async () => {
    const { deps, ingest, store } = await openIndex();
    const folder = { 'b.txt': longText('boat') };
    await ingest(sourceOf(folder));
    const before = (await store.countDocuments()).passages;
    const report = await createIngest({ ...deps, targetTokens: 60 })(sourceOf(folder));
    expect(report).toMatchObject({ changed: 1, unchanged: 0, generation: 2 });
    expect((await store.countDocuments()).passages).toBeGreaterThan(before);
  });

  test('ingestions take turns', async () => {
    const { ingest, store } = await openIndex();
    const runs = ['one', 'two', 'three'].map((name) => ingest(sourceOf({ [name]: `Text ${name}.` }, name)));
    expect((await Promise.all(runs)).map(({ generation }) => generation)).toEqual([1, 2, 3]);
    expect((await store.countDocuments()).documents).toBe(3);
  });

  test('removeDocuments removes what there is and counts it', async () => {
    const { ingest, store, removeDocuments, index, embedder } = await openIndex();
    expect(await removeDocuments(['doc_x'])).toBe(0);
    await ingest(sourceOf({ 'a.txt': 'Apples are red.', 'b.txt': 'Boats are blue.' }));
    const [first] = await store.listDocuments({ limit: 1 });
    const id = first?.id ?? '';
    expect(await removeDocuments([id, id, 'doc_x'])).toBe(1);
    expect(await store.manifest()).toMatchObject({ generation: 2 });
    expect(await index.search({ vector: await embedder.embedQuery('apples'), limit: 9 })).toHaveLength(1);
    expect(await removeDocuments([id])).toBe(0);
  });

  test('progress ends with everything done', async () => {
    const { ingest } = await openIndex();
    const seen: IngestProgress[] = [];
    await ingest(sourceOf({ 'b.txt': longText('boat') }), { onProgress: (progress) => seen.push(progress) });
    const last = seen.at(-1);
    expect(last?.phase).toBe('committing');
    expect(last?.done).toBe(last?.total);
    expect(last?.total).toBeGreaterThan(1);
  });

  test('edits one after the other end in the same index as a fresh ingestion', async () => {
    const text = fc.oneof(
      fc.constantFrom('Apples are red.', longText('boat')),
      fc.lorem({ maxCount: 60, mode: 'sentences' }),
    );
    const folder = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), text, { noNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(fc.array(folder, { minLength: 2, maxLength: 4 }), async (steps) => {
        const edited = await openIndex();
        for (const step of steps) await edited.ingest(sourceOf(step));
        const fresh = await openIndex();
        await fresh.ingest(sourceOf(steps.at(-1) ?? {}));
        expect(await contentOf(edited.store)).toEqual(await contentOf(fresh.store));
      }),
      { numRuns: 15 },
    );
  });
});
