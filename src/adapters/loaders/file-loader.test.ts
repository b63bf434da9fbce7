import { describe, expect, it } from 'vitest';
import { expectSoundDocument } from '../../testing/expect-sound-document.ts';
import {
  sampleDocx,
  sampleEpub,
  samplePdf,
  samplePptx,
  wordHeading,
  wordParagraph,
} from '../../testing/sample-files.ts';
import { createFileLoader } from './file-loader.ts';

const load = createFileLoader();
const utf8 = (text: string) => new TextEncoder().encode(text);

/** One file of each kind, with text that needs normalising: a decomposed accent and CRLF line ends. */
const SAMPLES: Record<string, Uint8Array> = {
  'a.md': utf8('# Cafe\u0301\r\n\r\nOne. Two.\r\n\r\n| a | b |\r\n| - | - |\r\n| c | d |\r\n'),
  'a.txt': utf8('Cafe\u0301\r\n\r\nOne. Two.\f Three.'),
  'a.html': utf8('<h1>Cafe&#x301;</h1>\r\n<p>One.<p>Two.<table><tr><td>a<td>b</table><pre>x\r\n  y</pre>'),
  'a.pdf': samplePdf({ pages: [[{ text: 'Cafe', size: 20 }, 'One. Two.'], ['Three.']] }),
  'a.docx': sampleDocx([wordHeading(1, 'Cafe\u0301'), wordParagraph('One. Two.')]),
  'a.pptx': samplePptx([{ title: 'Cafe\u0301', body: ['One.', 'Two.'], notes: 'Three.' }]),
  'a.epub': sampleEpub({ title: 'Cafe\u0301', chapters: [{ title: 'One', body: '<p>Two.</p>' }] }),
  'a.csv': utf8('nom,prix\r\nCafe\u0301,2\r\nThe\u0301,3\r\n'),
  'a.tsv': utf8('nom\tprix\r\nCafe\u0301\t2\r\n'),
  'a.json': utf8('[{"nom": "Cafe\u0301", "prix": 2}, {"nom": "eau"}]'),
  'a.jsonl': utf8('{"_id": "x", "title": "Cafe\u0301", "text": "One.\\r\\nTwo."}\r\n'),
  'a.srt': utf8('1\r\n00:00:01,000 --> 00:00:02,000\r\nCafe\u0301.\r\n'),
  'a.vtt': utf8('WEBVTT\r\n\r\n00:01.000 --> 00:02.000\r\nCafe\u0301.\r\n'),
};

describe('createFileLoader', () => {
  it.each(Object.keys(SAMPLES))('gives sound documents for %s', async (uri) => {
    const documents = await load({ uri, bytes: SAMPLES[uri] ?? new Uint8Array() });
    expect(documents).not.toHaveLength(0);
    for (const document of documents) {
      expect(document.uri.split('#')[0]).toBe(uri);
      expect(`${document.title} ${document.text}`).toContain(uri === 'a.pdf' ? 'Cafe' : 'Caf\u00e9');
      expectSoundDocument(document);
    }
  });

  it.each(Object.keys(SAMPLES))('reads %s from a Buffer as from any other bytes', async (uri) => {
    const bytes = SAMPLES[uri] ?? new Uint8Array();
    expect(await load({ uri, bytes: Buffer.from(bytes) })).toEqual(await load({ uri, bytes }));
  });

  it.each(Object.keys(SAMPLES).filter((uri) => /html|pdf|docx|pptx|epub|vtt|txt/.test(uri)))(
    'tells the kind of %s by its first bytes where the name does not',
    async (uri) => {
      const bytes = uri === 'a.html' ? utf8('<!doctype html><h1>x</h1>') : (SAMPLES[uri] ?? new Uint8Array());
      const [known] = await load({ uri, bytes });
      const [guessed] = await load({ uri: 'download', bytes, mediaType: 'application/octet-stream' });
      expect(guessed?.mediaType).toBe(known?.mediaType);
    },
  );

  it('believes a media type that names a kind over the extension, as servers know what they send', async () => {
    const page = { uri: 'https://example.org/readme.md', bytes: utf8('<main><p>Hi.</p></main>') };
    expect(await load({ ...page, mediaType: 'text/html; charset=utf-8' })).toMatchObject([{ text: 'Hi.' }]);
    expect(await load({ ...page, mediaType: 'text/plain' })).toMatchObject([{ mediaType: 'text/markdown' }]);
  });

  it('follows the charset of the media type', async () => {
    const bytes = Uint8Array.from([0xcf, 0xf0, 0xe8]);
    expect(await load({ uri: 'a', bytes, mediaType: 'text/plain; charset=windows-1251' })).toMatchObject([
      { text: 'При' },
    ]);
  });

  it('refuses an unknown binary file, naming what it reads', async () => {
    const bytes = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]);
    await expect(load({ uri: 'a.png', bytes })).rejects.toMatchObject({
      code: 'document_unreadable',
      message: expect.stringMatching(/not supported.*Markdown, .*PDF/),
    });
  });

  it('names the password of a protected Office file', async () => {
    const bytes = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    await expect(load({ uri: 'a.docx', bytes })).rejects.toThrow(/password/);
  });

  it.each(['a.pdf', 'a.docx', 'a.pptx', 'a.epub', 'a.json', 'a.jsonl', 'a.srt'])(
    'rejects a broken %s with document_unreadable',
    async (uri) => {
      await expect(load({ uri, bytes: utf8('no such thing {') })).rejects.toMatchObject({
        code: 'document_unreadable',
      });
      const whole = SAMPLES[uri] ?? new Uint8Array();
      const half = whole.subarray(0, whole.length >> 1);
      const outcome = await load({ uri, bytes: half }).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'document_unreadable' });
    },
  );
});
