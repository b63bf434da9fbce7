import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DirectoryLoader } from '@langchain/classic/document_loaders/fs/directory';
import { JSONLinesLoader, JSONLoader } from '@langchain/classic/document_loaders/fs/json';
import { TextLoader } from '@langchain/classic/document_loaders/fs/text';
import { ObsidianLoader } from '@langchain/community/document_loaders/fs/obsidian';
import { SRTLoader } from '@langchain/community/document_loaders/fs/srt';
import { BaseDocumentLoader } from '@langchain/core/document_loaders/base';
import { Document } from '@langchain/core/documents';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LoadedDocument } from '../../model/document.ts';
import type { DocumentSource } from '../../ports/document-source.ts';
import { expectSoundDocument } from '../../testing/expect-sound-document.ts';
import { createLangchainSource } from './langchain-source.ts';

/** A loader of somebody's own. */
class ListLoader extends BaseDocumentLoader {
  readonly #documents: readonly ConstructorParameters<typeof Document>[0][];

  constructor(...documents: ConstructorParameters<typeof Document>[0][]) {
    super();
    this.#documents = documents;
  }

  async load(): Promise<Document[]> {
    return this.#documents.map((fields) => new Document(fields));
  }
}

const SUBTITLES = `1
00:00:01,000 --> 00:00:03,000
The ferry leaves at nine.

2
00:00:04,000 --> 00:00:06,500
It carries the post.
`;

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ibid-langchain-'));
  await mkdir(join(root, 'deep'));
  await writeFile(join(root, 'talk.srt'), SUBTITLES);
  await writeFile(join(root, 'deep', 'plain.txt'), '\ufeffHarbour\r\n\r\nThe harbour opens at eight.\r\n');
  await writeFile(join(root, 'rows.jsonl'), '{"text":"One owl."}\n{"text":"Two owls."}\n');
  await writeFile(join(root, 'deep', 'data.json'), '{"notes":{"mill":"The mill stands by the river."}}');
});
afterAll(() => rm(root, { recursive: true }));

async function loadAll(source: DocumentSource): Promise<LoadedDocument[]> {
  const documents: LoadedDocument[] = [];
  for await (const item of source.items()) {
    const loaded = await item.load();
    expect(loaded.map(({ uri }) => uri)).toEqual([item.uri]);
    documents.push(...loaded);
  }
  documents.forEach(expectSoundDocument);
  return documents;
}

const load = (...documents: ConstructorParameters<typeof Document>[0][]) =>
  loadAll(createLangchainSource({ loader: new ListLoader(...documents), name: 'langchain:list' }));

describe('The loaders of LangChain and its community', () => {
  it('bring the words of subtitles', async () => {
    const loader = new SRTLoader(join(root, 'talk.srt'));
    const [talk, ...others] = await loadAll(createLangchainSource({ loader, name: 'langchain:talk', root }));
    expect(talk).toMatchObject({
      uri: 'talk.srt',
      text: 'The ferry leaves at nine. It carries the post.',
      metadata: {},
    });
    expect(others).toEqual([]);
  });

  it('bring a folder of several kinds, each text under its path', async () => {
    const loader = new DirectoryLoader(root, {
      '.srt': (path) => new SRTLoader(path),
      '.txt': (path) => new TextLoader(path),
      '.jsonl': (path) => new JSONLinesLoader(path, '/text'),
      '.json': (path) => new JSONLoader(path, '/notes'),
    });
    const documents = await loadAll(createLangchainSource({ loader, name: 'langchain:folder', root }));
    const found = Object.fromEntries(documents.map(({ uri, text, title }) => [uri, [title, text]]));
    expect(found).toEqual({
      'deep/data.json': ['The mill stands by the river.', 'The mill stands by the river.'],
      'deep/plain.txt': ['Harbour', 'Harbour\n\nThe harbour opens at eight.'],
      'rows.jsonl#1': ['One owl.', 'One owl.'],
      'rows.jsonl#2': ['Two owls.', 'Two owls.'],
      'talk.srt': [expect.any(String), expect.stringContaining('ferry')],
    });
  });

  it('bring notes with what they say of themselves', async () => {
    const vault = join(root, 'vault');
    await mkdir(vault);
    await writeFile(join(vault, 'Owls.md'), '---\nkind: bird\n---\n# Owls\n\nOwls nest in barns. #night\n');
    const loader = new ObsidianLoader(vault);
    const [owls] = await loadAll(createLangchainSource({ loader, name: 'langchain:notes' }));
    expect(owls).toMatchObject({ uri: 'Owls.md', metadata: { kind: 'bird', tags: 'night' } });
    expect(owls?.text).toContain('Owls nest in barns.');
  });
});

describe('A LangChain source', () => {
  it('joins the pages of one source in the order of their numbers, whatever order they come in', async () => {
    const page = (pageNumber: number, pageContent: string) => ({
      pageContent,
      metadata: { source: 'plan.pdf', title: 'The plan', loc: { pageNumber }, pdf: { version: '1' } },
    });
    const [plan, ...others] = await load(
      page(3, 'Third page.\r\n'),
      page(1, 'First page.'),
      page(2, ' \n'),
      page(3, 'More of the third.'),
    );
    expect(others).toEqual([]);
    expect(plan).toMatchObject({ uri: 'plan.pdf', title: 'The plan', metadata: {} });
    expect(plan?.text).toBe('First page.\nThird page.\nMore of the third.');
    expect(plan?.structure.pages).toEqual([
      { start: 0, number: 1 },
      { start: 12, number: 3 },
    ]);
  });

  it('names a document by source, url, id or its own id, and by the source where there is nothing', async () => {
    const documents = await load(
      { pageContent: 'a', metadata: { source: 'https://example.org/a', url: 'no', id: 1 } },
      { pageContent: 'b', metadata: { url: 'https://example.org/b', id: 2 } },
      { pageContent: 'c', metadata: { id: 3 } },
      { pageContent: 'd', id: 'own' },
      { pageContent: 'e', metadata: { source: 'blob' } },
      { pageContent: 'f' },
    );
    expect(documents.map(({ uri }) => uri)).toEqual([
      ...[
        'https://example.org/a',
        'https://example.org/b',
        '3',
        'own',
        'langchain:list#1',
        'langchain:list#2',
      ],
    ]);
  });

  it('takes as title what the metadata say, else a short first line, else the uri', async () => {
    const documents = await load(
      { pageContent: 'Words.', metadata: { id: 'a', title: ' A\n title ' } },
      { pageContent: '\n\nFirst line\nSecond line', metadata: { id: 'b', title: '' } },
      { pageContent: 'long '.repeat(50), metadata: { id: 'c' } },
    );
    expect(documents.map(({ title }) => title)).toEqual(['A title', 'First line', 'c']);
  });

  it('keeps metadata that can be filtered by, in normal form', async () => {
    const [document] = await load({
      pageContent: 'cafe\u0301\0',
      metadata: {
        ...{ source: 's', year: 2026, open: true, team: 're\u0301\0', tags: ['a', 'b'] },
        ...{ none: null, nested: { a: 1 }, mixed: ['a', 1], empty: [], nan: Number.NaN, loc: { lines: 1 } },
      },
    });
    expect(document?.text).toBe('caf\u00e9');
    expect(document?.metadata).toEqual({ year: 2026, open: true, team: 'r\u00e9', tags: ['a', 'b'] });
  });

  it('leaves out what has no words, and does not renumber the rest for it', async () => {
    const same = { source: 'rows' };
    const documents = await load(
      { pageContent: ' \n ', metadata: same },
      { pageContent: 'Words.', metadata: same },
      { pageContent: '', metadata: { source: 'empty' } },
    );
    expect(documents.map(({ uri }) => uri)).toEqual(['rows#2']);
  });

  it('shortens only paths below its root', async () => {
    const loader = new ListLoader(
      { pageContent: 'a', metadata: { source: 'C:\\docs\\deep\\a.md' } },
      { pageContent: 'b', metadata: { source: 'C:\\docsets\\b.md' } },
      { pageContent: 'c', metadata: { source: 'https://example.org/C:/docs/c' } },
    );
    const source = createLangchainSource({ loader, name: 'langchain:list', root: 'C:\\docs\\' });
    const uris = (await loadAll(source)).map(({ uri }) => uri);
    expect(uris).toEqual(['deep/a.md', 'C:\\docsets\\b.md', 'https://example.org/C:/docs/c']);
  });

  it('fails as a whole, with the reason, when its loader fails', async () => {
    const loader = { load: () => Promise.reject(new Error('401 Unauthorized')) };
    const items = createLangchainSource({ loader, name: 'langchain:wiki' }).items()[Symbol.asyncIterator]();
    await expect(items.next()).rejects.toMatchObject({
      code: 'document_unreadable',
      message: expect.stringContaining('langchain:wiki failed: 401 Unauthorized'),
    });
  });
});
