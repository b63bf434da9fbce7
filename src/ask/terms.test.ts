import { describe, expect, it } from 'vitest';
import { contentTerms, termsOf } from './terms.ts';

const words = (text: string) => termsOf(text).map((term) => term.word);

describe('Terms', () => {
  it('folds case, accents and possessives', () => {
    expect(words("Röntgen's CAFÉ, Syria’s")).toEqual(['rontgen', 'cafe', 'syria']);
  });

  it('reads a number with and without separators as one', () => {
    expect(words('23,000 and 23000')).toEqual(['23000', 'and', '23000']);
    expect(words('about 3.5 per cent, 1,2')).toEqual(['about', '3.5', 'per', 'cent', '1,2']);
  });

  it('knows where each word stands', () => {
    const text = 'Gen. Tlas fled.';
    for (const term of termsOf(text)) expect(text.slice(term.start, term.end)).toBe(term.written);
  });

  it('brings the forms of a word together', () => {
    expect(new Set(termsOf('defect defected defecting').map((term) => term.stem)).size).toBe(1);
  });

  it('drops words without a subject, unless there are no others', () => {
    expect(contentTerms('Who helped him to flee?').map((term) => term.word)).toEqual(['helped', 'flee']);
    expect(contentTerms('Who is he?').map((term) => term.word)).toEqual(['who', 'is', 'he']);
  });
});

describe('Text without spaces', () => {
  it('gives every two neighbouring characters as a term, each where it stands', () => {
    const text = 'Tlas是将军, 28天';
    const terms = termsOf(text);
    expect(terms.map(({ stem }) => stem)).toEqual(['tla', '是将', '将军', '28', '天']);
    for (const { written, start, end } of terms) expect(text.slice(start, end)).toBe(written);
    expect(termsOf('ガード').map(({ word }) => word)).toEqual(['ガー', 'ード']);
  });
});
