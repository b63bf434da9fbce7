import { describe, expect, it } from 'vitest';
import type { Span } from '../model/document.ts';
import type { StoredPassage } from '../ports/passage-store.ts';
import { createFakeCrossEncoder } from '../testing/fake-cross-encoder.ts';
import { readClosely } from './read-closely.ts';
import type { ScoredSentence } from './score-sentences.ts';

const LONG = 'word '.repeat(60);

/** A passage of `count` sentences of 250 characters; each names itself. */
function passageOf(name: string, count: number): StoredPassage {
  const texts = Array.from({ length: count }, (_, index) =>
    `${name}${index} ${LONG}`.slice(0, 249).concat('.'),
  );
  const sentences: Span[] = texts.map((_, index) => ({
    start: 1_000 + index * 251,
    end: 1_250 + index * 251,
  }));
  const text = texts.join(' ');
  const passage = {
    ...{ id: name, documentId: 'doc', ordinal: 0, start: 1_000, end: 1_000 + text.length, text },
    ...{ headings: [], sentences },
  };
  const embedding = { vector: new Float32Array(), sentenceVectors: [] };
  return { passage, documentTitle: `Title of ${name}`, documentUri: name, embedding };
}

function sentenceOf(source: StoredPassage, index: number): ScoredSentence {
  const features = { passageCosine: 0, passageLexical: 0 } as ScoredSentence['features'];
  const candidate = { stored: source, cosine: 0, lexical: 0, score: 0, named: 0, via: 'both' as const };
  return { candidate, source, index, text: '', features, logOdds: 0 };
}

const [a, b, c] = [passageOf('a', 12), passageOf('b', 12), passageOf('c', 12)];
const names = (text: { sentences: readonly string[] }) =>
  text.sentences.map((sentence) => sentence.split(' ')[0]);

describe('Close reading', () => {
  it('reads a sentence with its neighbours and title, each sentence once, and maps scores to their sentences', async () => {
    const rated = createFakeCrossEncoder((_, sentence) => (sentence.startsWith('a5') ? 4 : -4));
    const sentences = [sentenceOf(a, 5), sentenceOf(a, 6), sentenceOf(b, 0)];
    const readings = await readClosely(rated, 'what', sentences);
    expect(rated.calls.map((texts) => texts.map(names))).toEqual([
      [
        ['a5', 'a6'],
        ['b0', 'b1'],
      ],
    ]);
    expect(rated.calls[0]?.[0]?.context).toBe('Title of a');
    expect(sentences.map((sentence) => readings.get(sentence)?.span)).toEqual([4, -4, -4]);
    expect(readings.get(sentences[1] as ScoredSentence)?.relevance, 'of the text around it').toBe(4);
  });

  it('reads the heading that a passage stands under, and not those above it', async () => {
    const rated = createFakeCrossEncoder(() => 4);
    const under = (headings: string[]) => ({ ...a, passage: { ...a.passage, headings } });
    for (const headings of [['Boats', 'Lamps'], ['Title of a']])
      await readClosely(rated, 'what', [sentenceOf(under(headings), 0)]);
    expect(rated.calls.flat().map(({ context }) => context)).toEqual(['Title of a. Lamps', 'Title of a']);
  });

  it('reads on when nothing settled the question, and not for ever', async () => {
    const rated = createFakeCrossEncoder(() => -1);
    const sentences = [a, b, c].flatMap((source) =>
      Array.from({ length: 12 }, (_, i) => sentenceOf(source, i)),
    );
    const readings = await readClosely(rated, 'what', sentences);
    expect(rated.calls).toHaveLength(3);
    const read = rated.calls.flat().flatMap(names);
    expect(new Set(read).size, 'none twice').toBe(read.length);
    expect(readings.size).toBeLessThan(36);
  });

  it('reads one sentence that is longer than all the room', async () => {
    const text = `${'x'.repeat(9_000)}.`;
    const source = passageOf('c', 1);
    const passage = {
      ...source.passage,
      text,
      end: 1_000 + text.length,
      sentences: [{ start: 1_000, end: 10_001 }],
    };
    const rated = createFakeCrossEncoder(() => 9);
    await readClosely(rated, 'what', [sentenceOf({ ...source, passage }, 0)]);
    expect(rated.calls).toEqual([[{ context: 'Title of c', sentences: [text] }]]);
  });
});
