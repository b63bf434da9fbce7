import { describe, expect, it } from 'vitest';
import { languageOf } from './languages.ts';
import { LANGUAGE_CODES, STRING_TABLE } from './string-table.ts';

describe('The strings', () => {
  it('are there in each language, with the same places for numbers', () => {
    for (const [name, row] of Object.entries(STRING_TABLE)) {
      expect(row.length, name).toBe(LANGUAGE_CODES.length);
      for (const text of row) {
        expect(text.trim(), name).not.toBe('');
        // Parts the strings of a language in the bundle.
        expect(text, name).not.toContain('|');
        expect(text.includes('{n}'), `${name}: ${text}`).toBe(row[0].includes('{n}'));
      }
    }
  });

  it('are translated: none but a few words are the same in two languages', () => {
    const same = Object.entries(STRING_TABLE).flatMap(([name, [english, ...others]]) =>
      others.includes(english) ? [name] : [],
    );
    expect(same.sort()).toEqual(['conversation', 'page', 'source', 'sources']);
  });

  it('come in the first language that is known', () => {
    expect(languageOf(['de-AT']).strings.send).toBe('Senden');
    expect(languageOf([undefined, 'it', 'fr-CA', 'de']).code).toBe('fr');
    expect(languageOf(['zh_Hant_TW']).code).toBe('zh');
    expect(languageOf(['ar-EG'])).toMatchObject({ code: 'ar', direction: 'rtl' });
    expect(languageOf(['tlh', ''])).toMatchObject({ code: 'en', direction: 'ltr' });
  });
});
