import { describe, expect, test } from 'vitest';
import { corrupt, namesOf, numbersOf } from './corrupt.ts';
import { paraphrase } from './paraphrase.ts';

const SENTENCE =
  'In March 2011, the engineer Edith Lindqvist sold 12 cranes to the city of Orlen for 30 years.';

describe('Corruptions', () => {
  const material = {
    names: ['Karl Oberhauser', 'Sandvik'],
    numbers: ['17'],
    strangers: [],
    random: () => 0.4,
  };
  const made = new Map(corrupt(SENTENCE, material).map(({ kind, text }) => [kind, text]));

  test('come in each kind that a sentence offers, and change it', () => {
    expect([...made.keys()].sort()).toEqual(['clause', 'date', 'name', 'number', 'role', 'unit']);
    expect([...made.values()]).not.toContain(SENTENCE);
  });

  test('of numbers leave all else', () => {
    expect(made.get('number')?.replace(/[\d,]+/g, '#')).toBe(SENTENCE.replace(/[\d,]+/g, '#'));
  });

  test('of roles let two names change places', () => {
    expect(made.get('role')).toContain('engineer Orlen sold 12 cranes to the city of Edith Lindqvist');
  });

  test('of negation add a "not" or take it away', () => {
    const negated = (text: string) => corrupt(text, material).find(({ kind }) => kind === 'negation')?.text;
    expect(negated('The dock was sold in spring.')).toBe('The dock was not sold in spring.');
    expect(negated('The dock was not sold in spring.')).toBe('The dock was sold in spring.');
  });
});

describe('Names and numbers', () => {
  test('are those of a text, months and first words aside', () => {
    expect(namesOf(SENTENCE)).toEqual(['Edith Lindqvist', 'Orlen']);
    expect(numbersOf('5,000 of 12.5 and 3')).toEqual(['5,000', '12.5', '3']);
  });
});

describe('Paraphrases', () => {
  const kinds = (sentence: string, neighbours = {}) =>
    new Map(paraphrase(sentence, neighbours).map(({ kind, text }) => [kind, text]));

  test('say the same in another order, notation or voice', () => {
    expect(kinds('In 1990, the conference ended the war.').get('reordered')).toBe(
      'The conference ended the war in 1990.',
    );
    expect(kinds('It opened on March 3, 2011.').get('date form')).toBe('It opened on 3 March 2011.');
    expect(kinds('It has 12 cranes.').get('number form')).toBe('It has twelve cranes.');
    expect(kinds('The dock was repaired by Karl Oberhauser.').get('voice')).toBe(
      'Karl Oberhauser repaired the dock.',
    );
  });

  test('join neighbours, name whom "she" means, and leave asides out', () => {
    const before = 'Anna Berg was a captain.';
    expect(kinds('She sold the dock.', { before }).get('named')).toBe('Anna Berg sold the dock.');
    expect(kinds('The dock is old.', { after: 'It leaks.' }).get('merged')).toBe(
      'The dock is old, and it leaks.',
    );
    expect(kinds('The dock (built in 1871) is old.').get('compressed')).toBe('The dock is old.');
  });
});
