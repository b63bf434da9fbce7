import { expect, test } from 'vitest';
import { type LoadedDocument, NO_STRUCTURE } from '../model/document.ts';
import { contentHash } from './content-hash.ts';

const document: LoadedDocument = {
  uri: 'a.md',
  title: 'A',
  mediaType: 'text/markdown',
  text: 'Some text.',
  metadata: { team: 'x', year: 2020 },
  structure: NO_STRUCTURE,
};

test('the hash changes with all that the index depends on', async () => {
  const changes: Partial<LoadedDocument>[] = [
    { title: 'B' },
    { mediaType: 'text/plain' },
    { text: 'Some text!' },
    { metadata: { team: 'x' } },
    { metadata: { team: 'x', year: '2020' } },
    { structure: { ...NO_STRUCTURE, atoms: [{ start: 0, end: 4 }] } },
    { structure: { ...NO_STRUCTURE, pages: [{ start: 0, number: 1 }] } },
    { structure: { ...NO_STRUCTURE, headings: [{ start: 0, end: 4, level: 1, title: 'Some' }] } },
  ];
  const hashes = [await contentHash(document, '1'), await contentHash(document, '2')];
  for (const change of changes) hashes.push(await contentHash({ ...document, ...change }, '1'));
  expect(new Set(hashes).size).toBe(changes.length + 2);
});

test('the order of metadata does not matter', async () => {
  const turned = { ...document, metadata: { year: 2020, team: 'x' } };
  expect(await contentHash(turned, '1')).toBe(await contentHash(document, '1'));
});
