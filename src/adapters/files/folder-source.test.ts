import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NO_STRUCTURE } from '../../model/document.ts';
import type { SourceItem } from '../../ports/document-source.ts';
import type { FileLoader } from '../../ports/file-loader.ts';
import { createFolderSource, type FolderSourceOptions } from './folder-source.ts';

let root: string;
const load: FileLoader = async ({ uri, bytes }) => [
  {
    uri,
    title: uri,
    mediaType: 'text/plain',
    text: new TextDecoder().decode(bytes),
    metadata: {},
    structure: NO_STRUCTURE,
  },
];

const put = async (path: string, text = path) => {
  await mkdir(join(root, path, '..'), { recursive: true });
  await writeFile(join(root, path), text);
};

const list = async (options: Partial<FolderSourceOptions> = {}) => {
  const source = createFolderSource({ directory: root, load, extensions: new Set(['.txt']), ...options });
  const items: SourceItem[] = [];
  for await (const item of source.items()) items.push(item);
  return items;
};
const uris = async () => (await list()).map((item) => item.uri);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'folder-source-'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

describe('createFolderSource', () => {
  it('lists supported files of all depths, sorted, with relative uris', async () => {
    for (const path of [
      'b.txt',
      'a/z.TXT',
      'a.txt',
      'c.png',
      '.hidden.txt',
      '.git/x.txt',
      'node_modules/y.txt',
    ]) {
      await put(path);
    }
    expect(await uris()).toEqual(['a.txt', 'a/z.TXT', 'b.txt']);
    expect(await (await list())[1]?.load()).toMatchObject([{ uri: 'a/z.TXT', text: 'a/z.TXT' }]);
  });

  it('gives a fingerprint that changes with name, bytes and loader, and reads the bytes once', async () => {
    await put('a.txt', 'one');
    const printOf = async (loaderId = '1') => (await list({ loaderId }))[0]?.fingerprint?.();
    const first = await printOf();
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await printOf()).toBe(first);
    expect(await printOf('2')).not.toBe(first);
    await put('a.txt', 'two');
    const [item] = await list({ loaderId: '1' });
    expect(await item?.fingerprint?.()).not.toBe(first);
    await put('a.txt', 'three');
    expect(await item?.load()).toMatchObject([{ text: 'two' }]);
    await rm(join(root, 'a.txt'));
    await put('b.txt', 'one');
    expect(await printOf()).not.toBe(first);
    expect((await list())[0]?.fingerprint).toBeUndefined();
  });

  it('writes uris in NFC', async () => {
    await put('cafe\u0301.txt');
    expect(await uris()).toEqual(['caf\u00e9.txt']);
  });

  it('follows links within the folder once, ends in loops and never leaves the folder', async () => {
    await put('real/a.txt');
    await put('.data/b.txt');
    await symlink(root, join(root, 'real', 'loop'));
    await symlink('a.txt', join(root, 'real', 'again.txt'));
    await symlink('.data/b.txt', join(root, 'b.txt'));
    await symlink('nowhere', join(root, 'dangling.txt'));
    const outside = await mkdtemp(join(tmpdir(), 'folder-outside-'));
    await writeFile(join(outside, 'secret.txt'), 'secret');
    await symlink(outside, join(root, 'outside'));
    await symlink(join(outside, 'secret.txt'), join(root, 'secret.txt'));
    expect(await uris()).toEqual(['b.txt', 'real/a.txt']);
    await rm(outside, { recursive: true });
  });

  it('lets a file that is too large fail alone', async () => {
    await put('big.txt', 'x'.repeat(11));
    await put('small.txt', 'x');
    const [big, small] = await list({ maxBytes: 10 });
    await expect(big?.load()).rejects.toMatchObject({ code: 'document_unreadable' });
    expect(await small?.load()).toHaveLength(1);
  });

  it('lets a file that cannot be read fail alone', async () => {
    await put('gone.txt');
    const [item] = await list();
    await rm(join(root, 'gone.txt'));
    await expect(item?.load()).rejects.toMatchObject({
      code: 'document_unreadable',
      message: expect.stringMatching(/cannot be read/),
    });
  });

  it('takes a single file of any kind, as it was asked for by name', async () => {
    await put('only.dat', 'one');
    const items = await list({ directory: join(root, 'only.dat') });
    expect(items.map((item) => item.uri)).toEqual(['only.dat']);
  });

  it('says that a folder is missing and what to do', async () => {
    await expect(list({ directory: join(root, 'none') })).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringContaining('IBID_DOCUMENTS'),
    });
  });

  it('is named after its folder', () => {
    const options = { directory: './documents', load, extensions: new Set<string>() };
    expect(createFolderSource(options).name).toBe('folder:./documents');
    expect(createFolderSource({ ...options, name: 'x' }).name).toBe('x');
  });
});
