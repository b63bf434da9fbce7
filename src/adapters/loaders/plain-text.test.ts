import { describe, expect, it } from 'vitest';
import { expectSoundDocument } from '../../testing/expect-sound-document.ts';
import { loadPlainText } from './plain-text.ts';

const read = async (source: string, uri = 'letters/to%20ann.txt') => {
  const [document] = await loadPlainText({ uri, bytes: new TextEncoder().encode(source) });
  if (!document) throw new Error('no document');
  expectSoundDocument(document);
  return document;
};

describe('loadPlainText', () => {
  it('takes a short first line over a blank one for the title', async () => {
    expect((await read('A Letter\n\nDear Ann.')).title).toBe('A Letter');
    expect((await read('Dear Ann,\nthe boat is late.')).title).toBe('to%20ann');
    expect((await read('The boat is late.\n\nMore.', 'https://example.org/a%20b.txt?x=1')).title).toBe('a b');
  });

  it('marks pages at form feeds and skips empty ones', async () => {
    const { text, structure } = await read('One.\n\f\fThree.\f');
    expect(text).toBe('One.\nThree.');
    expect(structure.pages).toEqual([
      { start: 0, number: 1 },
      { start: 5, number: 3 },
    ]);
  });
});
