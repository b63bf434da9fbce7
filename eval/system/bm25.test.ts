import { describe, expect, it } from 'vitest';
import { createBm25Index } from './bm25-index.ts';
import { bm25Terms } from './bm25-terms.ts';
import { firstSentences } from './first-sentences.ts';

describe('the BM25 baseline', () => {
  it('scores by the formula, as computed by hand', () => {
    const index = createBm25Index({ k1: 1.2, b: 0.75 });
    index.add('otter otter river');
    index.add('river bank');
    const idf = Math.log(1 + (2 - 1 + 0.5) / (1 + 0.5));
    const weight = (2 * 2.2) / (2 + 1.2 * (0.25 + (0.75 * 3) / 2.5));
    const [best, ...rest] = index.search('the otter', 10);
    expect(best?.position).toBe(0);
    expect(best?.score).toBeCloseTo(idf * weight, 12);
    expect(rest).toEqual([]);
  });

  it('breaks ties by position and keeps to its limit', () => {
    const index = createBm25Index({ k1: 0.9, b: 0.4 });
    for (let count = 0; count < 5; count += 1) index.add('same words');
    expect(index.search('words', 3).map((hit) => hit.position)).toEqual([0, 1, 2]);
    expect(index.search('', 3)).toEqual([]);
  });

  it('brings forms of a word together and drops stop words', () => {
    expect(bm25Terms('The boats of a boat')).toEqual(['boat', 'boat']);
    expect(bm25Terms('stopped stopping')).toEqual(['stop', 'stop']);
    expect(bm25Terms('glass bus analysis')).toEqual(['glass', 'bus', 'analysis']);
  });

  it('first sentences are verbatim spans', () => {
    const text = '  One here. Two there.\nThree.';
    const spans = firstSentences(text, 2);
    expect(spans.map((span) => span.quote)).toEqual(['One here.', 'Two there.']);
    for (const { start, end, quote } of spans) expect(text.slice(start, end)).toBe(quote);
  });
});
