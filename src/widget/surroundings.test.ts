import { describe, expect, it } from 'vitest';
import { surroundings } from './surroundings.ts';

function around(text: string, quote: string) {
  const start = text.indexOf(quote);
  return surroundings(text, { quote, start, end: start + quote.length });
}

describe('The text around a quote', () => {
  it('is the rest of its paragraph', () => {
    const text = '# Title\n\nBefore. The quote. After.\n\nThe next.';
    expect(around(text, 'The quote.')).toEqual({ before: 'Before. ', quote: 'The quote.', after: ' After.' });
  });

  it('is that of its neighbours where the quote is a paragraph, without the marks of headings', () => {
    const text = 'First.\n\n## Part\n\nThe quote.\n\nThe next.\n';
    expect(around(text, 'The quote.')).toEqual({
      before: 'First.\nPart\n',
      quote: 'The quote.',
      after: '\nThe next.',
    });
  });

  it('is cut between words', () => {
    const text = `${'lorem '.repeat(100)}The quote. ${'ipsum '.repeat(100)}`;
    const found = around(text, 'The quote.');
    expect(found?.before).toMatch(/^… (lorem )+$/);
    expect(found?.after).toMatch(/^( ipsum)+ …$/);
  });

  it('is nothing when the document says something else there', () => {
    expect(surroundings('Rewritten.', { quote: 'The quote.', start: 0, end: 10 })).toBeUndefined();
  });
});
