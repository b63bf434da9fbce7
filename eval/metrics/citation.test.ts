import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  citationPrecision,
  citationRecall,
  covers,
  documentPrecision,
  documentRecall,
} from './citation-support.ts';
import { commonRun } from './common-run.ts';
import { uncitedSentences } from './uncited-sentences.ts';
import { isVerbatim } from './verbatim.ts';

const gold = { docIds: ['d1'], text: 'the lamp was lit by four keepers' };

describe('citation metrics', () => {
  it('a quote is verbatim only where it stands in its document', () => {
    const text = 'One lamp. Two lamps.';
    expect(isVerbatim({ start: 10, end: 20, quote: 'Two lamps.' }, text)).toBe(true);
    expect(isVerbatim({ start: 9, end: 19, quote: 'Two lamps.' }, text)).toBe(false);
    expect(isVerbatim({ start: 10, end: 20, quote: 'two lamps.' }, text)).toBe(false);
    expect(isVerbatim({ start: 0, end: 0, quote: '' }, text)).toBe(false);
    expect(isVerbatim({ start: 0, end: 3, quote: 'One' }, undefined)).toBe(false);
  });

  it('the longest common run is unbroken in both', () => {
    expect(commonRun(['a', 'b', 'c', 'd'], ['x', 'b', 'c', 'y', 'd'])).toBe(2);
    expect(commonRun([], ['a'])).toBe(0);
  });

  it('a citation covers a gold span with a run of half its tokens, in the same document', () => {
    expect(covers({ docId: 'd1', quote: 'In 1850 the lamp was lit by gas.' }, gold)).toBe(true);
    expect(covers({ docId: 'd1', quote: 'The lamp that was red was lit by all keepers.' }, gold)).toBe(false);
    expect(covers({ docId: 'd2', quote: gold.text }, gold)).toBe(false);
  });

  it('of a gold span of four tokens or fewer, all have to be quoted', () => {
    const date = { docIds: ['d1'], text: 'October 1973' };
    expect(covers({ docId: 'd1', quote: 'It began in October 1973.' }, date)).toBe(true);
    expect(covers({ docId: 'd1', quote: 'It ended in March 1973.' }, date)).toBe(false);
  });

  it('precision and recall are shares of citations and of gold spans', () => {
    const other = { docIds: ['d2'], text: 'the harbour froze in March' };
    const citations = [
      { docId: 'd1', quote: 'The lamp was lit by four keepers.' },
      { docId: 'd1', quote: 'Nothing of the sort happened there.' },
      { docId: 'd3', quote: 'the harbour froze in March' },
    ];
    expect(citationPrecision(citations, [gold, other])).toBeCloseTo(1 / 3, 12);
    expect(citationRecall(citations, [gold, other])).toBe(1 / 2);
    expect(citationRecall([], [gold])).toBe(0);
    expect(citationPrecision([], [gold])).toBeUndefined();
  });

  it('a quote that is one sentence of a long gold span supports it without covering it', () => {
    const long = {
      docIds: ['d1'],
      text: 'alpha beta gamma delta. epsilon zeta eta theta. iota kappa lambda mu.',
    };
    const part = [{ docId: 'd1', quote: 'epsilon zeta eta theta.' }];
    expect(citationPrecision(part, [long])).toBe(1);
    expect(citationRecall(part, [long])).toBe(0);
  });

  it('without spans, documents are compared', () => {
    const citations = [
      { docId: 'd1', quote: 'x' },
      { docId: 'd9', quote: 'y' },
    ];
    expect(documentPrecision(citations, new Set(['d1', 'd2']))).toBe(1 / 2);
    expect(documentRecall(citations, new Set(['d1', 'd2', 'd3']))).toBe(1 / 3);
  });

  it('counts the sentences that no quote backs', () => {
    const text = 'The lamp was lit by four keepers. Purple whales sing opera at midnight.';
    expect(uncitedSentences(text, [gold.text])).toEqual({ sentences: 2, uncited: 1 });
    expect(uncitedSentences(text, [text])).toEqual({ sentences: 2, uncited: 0 });
    expect(uncitedSentences('', [])).toEqual({ sentences: 0, uncited: 0 });
    const linked =
      'For more, see [the harbour rules](https://harbour.example/rules?topic=mooring-fees-winter).';
    expect(uncitedSentences(linked, [linked])).toEqual({ sentences: 1, uncited: 0 });
  });

  it('stay in [0, 1], and another gold span never lowers precision', () => {
    const words = fc.array(fc.constantFrom('red', 'blue', 'boat', 'otter'), { maxLength: 6 });
    const quote = fc.record({ docId: fc.constantFrom('d1', 'd2'), quote: words.map((w) => w.join(' ')) });
    const span = fc.record({
      docIds: fc.constantFrom(['d1'], ['d2']),
      text: words.map((w) => w.join(' ')),
    });
    fc.assert(
      fc.property(fc.array(quote), fc.array(span, { minLength: 1 }), span, (citations, golds, more) => {
        for (const metric of [citationPrecision, citationRecall]) {
          const value = metric(citations, golds) ?? 0;
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        expect(citationPrecision(citations, [...golds, more]) ?? 0).toBeGreaterThanOrEqual(
          citationPrecision(citations, golds) ?? 0,
        );
      }),
    );
  });
});
