import { columnOf, LANGUAGE_CODES } from './string-table.ts';

/** The words of one language, by name. */
export type Strings = Readonly<ReturnType<typeof columnOf>>;

export interface Language {
  readonly code: (typeof LANGUAGE_CODES)[number];
  readonly direction: 'ltr' | 'rtl';
  readonly strings: Strings;
}

/** The first of these language tags (BCP 47, such as `de-AT`) whose language is in the table; English without one. */
export function languageOf(tags: readonly (string | null | undefined)[]): Language {
  const wanted = tags.map((tag) => tag?.toLowerCase().split(/[-_]/)[0]);
  const codes: readonly (string | undefined)[] = LANGUAGE_CODES;
  const known = wanted.map((code) => codes.indexOf(code));
  const column = known.find((index) => index >= 0) ?? 0;
  const code = LANGUAGE_CODES[column] ?? 'en';
  return { code, direction: code === 'ar' ? 'rtl' : 'ltr', strings: columnOf(column) };
}

/** A string with its number. */
export function withNumber(text: string, n: number): string {
  return text.replace('{n}', String(n));
}
