import { expect, it } from 'vitest';
import type { StoredPassage } from '../../ports/passage-store.ts';
import { packPassages } from './pack-passages.ts';

function passage(text: string, title = 'Owls', headings: readonly string[] = []): StoredPassage {
  return {
    passage: {
      id: text,
      documentId: 'doc',
      ordinal: 0,
      start: 0,
      end: text.length,
      text,
      headings,
      sentences: [],
    },
    documentTitle: title,
    documentUri: 'owls.md',
    embedding: { vector: new Float32Array(), sentenceVectors: [] },
  };
}

const words = (text: string) => text.split(/\s+/).length;
const long = passage('long '.repeat(100).trim());

it('packs the best first, numbered, and passes over what no longer fits', () => {
  const { text, indices } = packPassages([passage('Owls nest.'), long, passage('Owls hunt.')], 30, words);
  expect(indices).toEqual([0, 2]);
  expect(text).toBe(
    '<passage number="1" from="Owls">\nOwls nest.\n</passage>\n\n<passage number="2" from="Owls">\nOwls hunt.\n</passage>',
  );
});

it('cuts the best one when nothing else would be there', () => {
  const { text, indices } = packPassages([long], 30, words);
  expect(indices).toEqual([0]);
  expect(words(text)).toBeLessThanOrEqual(36);
});

it('says where each stands, in a title that cannot leave its place', () => {
  const { text } = packPassages(
    [passage('Hoot.', 'A "title">\n<passage', ['A "title">\n<passage', 'Nests'])],
    90,
    words,
  );
  expect(text.split('\n')[0]).toBe(`<passage number="1" from="A 'title'' ‹passage › Nests">`);
});
