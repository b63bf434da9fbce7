import { type Language, languageOf } from './strings/languages.ts';

export type Position = 'inline' | 'end' | 'left' | 'right';

/** What an owner can set on the element or on the script tag. */
export interface Options {
  /** Address of the server without a slash at its end. */
  readonly base: string;
  readonly title: string;
  readonly greeting: string;
  /** The owner's own, or none at all when they are an empty list; without them the server is asked for some. */
  readonly suggestions: readonly string[] | undefined;
  readonly color: string | undefined;
  readonly position: Position;
  readonly theme: 'light' | 'dark' | undefined;
  readonly language: Language;
}

export const OPTION_NAMES = [
  'host',
  'title',
  'greeting',
  'suggestions',
  'color',
  'position',
  'theme',
  'lang',
] as const;

export type OptionName = (typeof OPTION_NAMES)[number];

/** Attributes are read with and without `data-`, so that a script tag and an element take the same ones. */
export function optionOf(element: Element, name: OptionName): string | undefined {
  const value = element.getAttribute(`data-${name}`) ?? element.getAttribute(name);
  return value === null || value.trim() === '' ? undefined : value.trim();
}

/** Reads the options of an element; what is not given has a default in the element's language. */
export function readOptions(element: Element, defaultBase: string): Options {
  const own = (name: OptionName) => optionOf(element, name);
  const inherited = element.closest('[lang]')?.getAttribute('lang');
  const language = languageOf([own('lang'), inherited, ...navigator.languages]);
  const theme = own('theme');
  return {
    base: new URL(own('host') ?? defaultBase, document.baseURI).href.replace(/\/+$/, ''),
    title: own('title') ?? language.strings.title,
    greeting: own('greeting') ?? language.strings.greeting,
    suggestions: listOf(own('suggestions')),
    color: own('color'),
    position: positionOf(own('position')),
    theme: theme === 'light' || theme === 'dark' ? theme : undefined,
    language,
  };
}

/** A JSON list, or questions separated by `|` or line ends. */
function listOf(value: string | undefined): string[] | undefined {
  if (value === undefined) return undefined;
  return (jsonList(value) ?? value.split(/[|\n]/)).map((item) => item.trim()).filter((item) => item !== '');
}

function jsonList(value: string): string[] | undefined {
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) ? list.map(String) : undefined;
  } catch {
    return undefined;
  }
}

function positionOf(value: string | undefined): Position {
  if (value === undefined || value === 'inline') return 'inline';
  if (/left$/.test(value)) return 'left';
  return /right$/.test(value) ? 'right' : 'end';
}
