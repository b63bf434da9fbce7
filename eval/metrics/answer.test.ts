import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerInQuote } from './answer-in-quote.ts';
import { commonSubsequence } from './common-subsequence.ts';
import { containsAnswer } from './contains-answer.ts';
import { exactMatch } from './exact-match.ts';
import { normaliseAnswer } from './normalise-answer.ts';
import { rougeL } from './rouge-l.ts';
import { tokenF1 } from './token-f1.ts';

describe('answer metrics', () => {
  it('normalise case, punctuation, articles and white space', () => {
    expect(normaliseAnswer('  The “Otter”, a   river-boat! ')).toBe('otter riverboat');
    expect(normaliseAnswer('An theatre')).toBe('theatre');
  });

  it('exact match takes the best gold answer', () => {
    expect(exactMatch('the Blue Boat.', ['red boat', 'blue boat'])).toBe(1);
    expect(exactMatch('a blue boats', ['blue boat'])).toBe(0);
    expect(exactMatch('x', [])).toBeUndefined();
  });

  it('token F1 is 2·common / (answer + gold), best over golds', () => {
    expect(tokenF1('the cat sat here', ['cat sat down'])).toBeCloseTo((2 * 2) / (3 + 3), 12);
    expect(tokenF1('cat cat', ['cat'])).toBeCloseTo(2 / 3, 12);
    expect(tokenF1('dog', ['cat', 'dog'])).toBe(1);
    expect(tokenF1('', [''])).toBe(1);
    expect(tokenF1('', ['cat'])).toBe(0);
  });

  it('an answer is found in a quote only as whole tokens', () => {
    expect(containsAnswer('It opened in 1973, they say.', ['1973'])).toBe(true);
    expect(containsAnswer('It opened in 19735.', ['1973'])).toBe(false);
    expect(containsAnswer('anything', ['the'])).toBe(false);
    expect(answerInQuote(['no', 'opened in the year 1973.'], ['Year 1973'])).toBe(1);
    expect(answerInQuote([], ['1973'])).toBe(0);
    expect(answerInQuote(['1973'], [])).toBeUndefined();
  });

  it('ROUGE-L follows the example of its paper', () => {
    expect(rougeL('police kill the gunman', ['police killed the gunman'])).toBeCloseTo(0.75, 12);
    expect(rougeL('the gunman kill police', ['police killed the gunman'])).toBeCloseTo(0.5, 12);
    expect(rougeL('', ['police'])).toBe(0);
  });

  it('are bounded, symmetric where they should be, and 1 on equal texts', () => {
    const words = fc.array(fc.constantFrom('red', 'blue', 'boat', 'otter', '7', 'the'), { maxLength: 8 });
    fc.assert(
      fc.property(words, words, (left, right) => {
        const [a, b] = [left.join(' '), right.join(' ')];
        for (const metric of [tokenF1, rougeL, exactMatch]) {
          const value = metric(a, [b]) ?? -1;
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
          expect(metric(b, [a])).toBe(value);
        }
        expect(tokenF1(a, [b, a])).toBe(1);
        expect(exactMatch(a, [b]) ?? 0).toBeLessThanOrEqual(tokenF1(a, [b]) ?? 0);
        expect(commonSubsequence(left, right)).toBeLessThanOrEqual(Math.min(left.length, right.length));
        expect(commonSubsequence(left, left)).toBe(left.length);
        expect(normaliseAnswer(normaliseAnswer(a))).toBe(normaliseAnswer(a));
      }),
    );
  });
});
