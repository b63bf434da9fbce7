import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredPassage } from '../ports/passage-store.ts';
import type { Statement } from '../ports/reader.ts';
import { buildAnswer } from './cite.ts';
import { collectNotes } from './read-notes.ts';
import { verify } from './verify.ts';

/** A document, a passage in it, and a stretch of that passage. */
const quoted = fc
  .record({
    before: fc.string(),
    words: fc.array(fc.string({ minLength: 1 }), { minLength: 1 }),
    cut: fc.nat(),
  })
  .map(({ before, words, cut }) => {
    const text = words.join(' ');
    const start = cut % text.length;
    return {
      documentText: before + text,
      source: passageOf(before.length, text),
      start: before.length + start,
    };
  });

function passageOf(start: number, text: string): StoredPassage {
  return {
    passage: {
      id: `psg_${start}`,
      documentId: 'doc_1',
      ordinal: 0,
      start,
      end: start + text.length,
      text,
      headings: [],
      sentences: [{ start, end: start + text.length }],
    },
    documentTitle: 'A title',
    documentUri: 'a.md',
    embedding: { vector: new Float32Array(), sentenceVectors: [] },
  };
}

describe('An answer and its citations', () => {
  it('quotes verbatim and covers every sentence, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(quoted, { minLength: 1, maxLength: 5 }), (all) => {
        const answer = buildAnswer();
        let streamed = '';
        for (const { documentText, source, start } of all) {
          const { end } = source.passage;
          const text = documentText.slice(start, end).replace(/\s+/g, ' ');
          const verified = verify({ text, quotes: [{ source, start, end }] }, new Set([source.passage.id]));
          if (verified === undefined) continue;
          const { delta, citations } = answer.add(verified);
          streamed += delta;
          for (const citation of citations) {
            expect(documentText.slice(citation.start, citation.end)).toBe(citation.quote);
          }
        }
        const { text, citations } = answer.answer(collectNotes());
        expect(text).toBe(streamed);
        const covered = citations.map((c) => text.slice(c.answerStart, c.answerEnd)).join(' ');
        expect(covered).toBe(text);
      }),
    );
  });

  it('parts what has lines from what is around it', () => {
    const list = 'Two:\n- One.\n- Two.';
    const answer = buildAnswer();
    for (const text of ['Said.', 'Said.', list, 'Said.'])
      answer.add({ text, quotes: [{ source: passageOf(0, text), start: 0, end: text.length }] });
    const { text, citations } = answer.answer(collectNotes());
    expect(text).toBe(`Said. Said.\n\n${list}\n\nSaid.`);
    const places = citations.map(({ answerStart, answerEnd }) => text.slice(answerStart, answerEnd));
    expect(places).toEqual(['Said.', 'Said.', list, 'Said.']);
  });

  it('gives the same quote the same number', () => {
    const source = passageOf(0, 'One. Two.');
    const one: Statement = { text: 'One.', quotes: [{ source, start: 0, end: 4 }] };
    const two: Statement = { text: 'Two.', quotes: [{ source, start: 5, end: 9 }] };
    const answer = buildAnswer();
    for (const statement of [one, two, one]) answer.add(statement);
    expect(answer.answer(collectNotes()).citations.map((citation) => citation.marker)).toEqual([1, 2, 1]);
  });
});

describe('Verification', () => {
  const source = passageOf(10, 'He fled in July. He went to Paris.');
  const retrieved = new Set([source.passage.id]);
  const quote = { source, start: 10, end: 26 };

  it('passes a statement that its quote says', () => {
    expect(verify({ text: 'He fled in July.', quotes: [quote] }, retrieved)?.quotes).toEqual([quote]);
  });

  it('passes the words of a quotation without its marks', () => {
    const text = '> He fled\n> in July.';
    const marked = { source: passageOf(0, text), start: 2, end: text.length };
    const passed = verify({ text: 'He fled in July.', quotes: [marked] }, new Set(['psg_0']));
    expect(passed?.quotes).toEqual([marked]);
  });

  it('drops a statement that its quote does not say', () => {
    expect(verify({ text: 'He fled in June.', quotes: [quote] }, retrieved)).toBeUndefined();
  });

  it('drops a statement without quotes, or quoting what was not retrieved', () => {
    expect(verify({ text: 'He fled in July.', quotes: [] }, retrieved)).toBeUndefined();
    expect(verify({ text: 'He fled in July.', quotes: [quote] }, new Set())).toBeUndefined();
  });

  it('drops a quote that leaves its passage', () => {
    for (const [start, end] of [
      [9, 26],
      [10, 45],
      [26, 26],
    ] as const) {
      expect(
        verify({ text: 'He fled in July.', quotes: [{ source, start, end }] }, retrieved),
      ).toBeUndefined();
    }
  });
});
