import { describe, expect, it } from 'vitest';
import { searchWords } from './search-words.ts';

describe('A question of another language', () => {
  it.each([
    ['fr', 'Qui est Manaf Tlas ?', 'who is Manaf Tlas ?'],
    ['de', 'Wer ist Manaf Tlas?', 'who is Manaf Tlas?'],
    ['es', '¿Quién es Manaf Tlas?', '¿ who is Manaf Tlas?'],
    ['it', 'Chi è Manaf Tlas?', 'who is Manaf Tlas?'],
    ['zh', 'Manaf Tlas是谁?', 'Manaf Tlas who is ?'],
    ['ja', 'Manaf Tlasとは誰ですか?', 'Manaf Tlas who is ?'],
  ] as const)(
    'is searched for by its names, with its question word in English: %s',
    (language, question, query) => {
      expect(searchWords(question, language)).toEqual({ query, meaning: query });
    },
  );

  it('keeps the words of its own language, and its whole meaning', () => {
    const question = "Où se trouve l'entrée du bureau de Lyon ?";
    expect(searchWords(question, 'fr')).toEqual({
      query: 'where trouve entrée bureau Lyon ?',
      meaning: question,
    });
    expect(searchWords('Wie viele Tage Urlaub habe ich?', 'de').query).toBe('how many Tage Urlaub habe');
  });

  it('is left alone when nothing but small words would be lost, and when it is English or unknown', () => {
    for (const [language, question] of [
      ['fr', 'Qui est-ce ?'],
      ['en', 'Who is he?'],
      [undefined, 'Manaf Tlas'],
      ['ru', 'Кто такой Манаф?'],
    ] as const)
      expect(searchWords(question, language).meaning).toBe(question);
  });
});
