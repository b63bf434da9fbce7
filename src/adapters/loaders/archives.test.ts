import { describe, expect, it } from 'vitest';
import { expectSoundDocument } from '../../testing/expect-sound-document.ts';
import {
  sampleDocx,
  sampleEpub,
  samplePptx,
  wordHeading,
  wordParagraph,
  wordTable,
  zipDeclaring,
} from '../../testing/sample-files.ts';
import { loadDocx } from './docx.ts';
import { loadEpub } from './epub.ts';
import type { Load } from './load.ts';
import { loadPptx } from './pptx.ts';

const loadWith = async (load: Load, bytes: Uint8Array) => {
  const [document] = await load({ uri: 'folder/file', bytes });
  if (!document) throw new Error('no document');
  expectSoundDocument(document);
  return document;
};

describe('loadDocx', () => {
  it('reads headings, paragraphs and tables, title and author', async () => {
    const { text, title, metadata, structure } = await loadWith(
      loadDocx,
      sampleDocx(
        [
          wordHeading(1, 'Harbour rules'),
          wordParagraph('No fishing & no fires.'),
          wordHeading(2, 'Fees'),
          wordTable([
            ['Boat', 'Fee'],
            ['Dinghy', '4'],
          ]),
        ],
        { title: 'Rules', author: 'The Warden' },
      ),
    );
    expect(text).toBe('Harbour rules\n\nNo fishing & no fires.\n\nFees\n\nBoat | Fee\nDinghy | 4');
    expect([title, metadata]).toEqual(['Rules', { author: 'The Warden' }]);
    expect(structure.headings.map((heading) => heading.level)).toEqual([1, 2]);
    expect(structure.atoms).toHaveLength(2);
  });
});

describe('loadPptx', () => {
  it('reads slides in the order of the presentation, with notes after their slide', async () => {
    const { text, title, structure } = await loadWith(
      loadPptx,
      samplePptx([
        { title: 'First', body: ['Only point.'], notes: 'Say hello.' },
        { title: 'Second', body: ['a', 'b'], table: [['x', 'y']] },
      ]),
    );
    expect(text).toBe('First\n\nOnly point.\n\nSay hello.\n\nSecond\n\n- a\n- b\n\nx | y');
    expect(title).toBe('First');
    expect(structure.pages).toEqual([
      { start: 0, number: 1 },
      { start: text.indexOf('Second'), number: 2 },
    ]);
    expect(structure.headings.map((heading) => heading.title)).toEqual(['First', 'Second']);
  });
});

describe('loadEpub', () => {
  const chapters = [
    { title: 'Dawn', body: '<p>Light<br/>came.</p>' },
    { title: 'Noon', body: '<h1>High Noon</h1><a id="top"/><p>Heat&nbsp;came.</p>' },
  ];

  it('reads chapters in spine order and names those without a heading', async () => {
    const { text, title, metadata, structure } = await loadWith(
      loadEpub,
      sampleEpub({ title: 'Days', author: 'A. Writer', chapters }),
    );
    expect(text).toBe('Dawn\n\nLight\ncame.\n\nHigh Noon\n\nHeat came.');
    expect(title).toBe('Days');
    expect(metadata).toEqual({ author: 'A. Writer', language: 'en' });
    expect(structure.headings.map((heading) => heading.title)).toEqual(['Dawn', 'High Noon']);
  });

  it('refuses a book with rights management', async () => {
    const bytes = sampleEpub({ title: 'Days', chapters, isProtected: true });
    await expect(loadWith(loadEpub, bytes)).rejects.toThrow(/DRM/);
  });
});

describe('archives', () => {
  it('refuses what would unpack to more than the limit before unpacking it', async () => {
    const bomb = zipDeclaring('word/document.xml', 3_000_000_000);
    for (const [load, bytes] of [
      [loadDocx, bomb],
      [loadPptx, zipDeclaring('ppt/presentation.xml', 3_000_000_000)],
      [loadEpub, zipDeclaring('META-INF/container.xml', 3_000_000_000)],
    ] as const) {
      await expect(loadWith(load, bytes)).rejects.toMatchObject({
        code: 'document_unreadable',
        message: expect.stringContaining('256 MB'),
      });
    }
  });
});
