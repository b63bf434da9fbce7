import { FUNCTION_WORDS, type LatinLanguage } from './function-words.ts';

/** ISO 639-1. */
export type Language =
  | LatinLanguage
  | 'ar'
  | 'fa'
  | 'zh'
  | 'ja'
  | 'ko'
  | 'ru'
  | 'uk'
  | 'el'
  | 'he'
  | 'th'
  | 'hi';

/** Languages that have a script of their own, or letters that tell them from those sharing it; the first that matches counts. */
const SCRIPTS: readonly (readonly [Language, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['zh', /\p{Script=Han}/u],
  ['ko', /\p{Script=Hangul}/u],
  ['fa', /[پچژگکی]/u],
  ['ar', /\p{Script=Arabic}/u],
  ['uk', /[іїєґ]/iu],
  ['ru', /\p{Script=Cyrillic}/u],
  ['el', /\p{Script=Greek}/u],
  ['he', /\p{Script=Hebrew}/u],
  ['th', /\p{Script=Thai}/u],
  ['hi', /\p{Script=Devanagari}/u],
];

/** Of the letters of a text, how many must be in a script for it to count: a word in another script does not make a language. */
const SCRIPT_SHARE = 0.5;
/** A few kana tell Japanese from Chinese, a few letters Persian from Arabic and Ukrainian from Russian. */
const TELLING_SHARE = 0.1;
const TELLING: ReadonlySet<Language> = new Set(['ja', 'fa', 'uk']);
/** Signs and letters that English does without, and how many small words they count for: names carry letters too. */
const MARKS: readonly (readonly [LatinLanguage, RegExp, number])[] = [
  ['es', /[¿¡]/u, 2],
  ['es', /ñ/iu, 0.5],
  ['de', /[äöüß]/iu, 0.5],
  ['pt', /[ãõ]/iu, 0.5],
  ['fr', /[çêœ]|\b(?:qu|l|d|c|j|n|s)['’]/iu, 0.5],
];
const LEAST = 2;
/** Question words that are no English words: at the beginning they count for two. */
const OPENERS: ReadonlySet<string> = new Set(
  'wer wo wann warum wieso weshalb wieviel qui quand pourquoi combien quel quelle quien donde cuando cuanto cuantos chi quanto quem onde waar wanneer waarom hoeveel'.split(
    ' ',
  ),
);

/**
 * The language of a question or a short text, from its script or its small words; undefined when they do not tell, as in a
 * bare name. English wins where it is close: its questions are full of foreign names and titles.
 */
export function detectLanguage(text: string): Language | undefined {
  return byScript(text) ?? byFunctionWords(text);
}

/** Latin words with a capital are taken for names, which any language quotes. */
function byScript(text: string): Language | undefined {
  const letters = text.replace(/\p{Lu}[\p{Script=Latin}\p{M}]*/gu, '').match(/\p{L}/gu) ?? [];
  const matching = SCRIPTS.find(([language, script]) => {
    const share = TELLING.has(language) ? TELLING_SHARE : SCRIPT_SHARE;
    return (
      letters.length > 0 && letters.filter((letter) => script.test(letter)).length / letters.length >= share
    );
  });
  return matching?.[0];
}

function byFunctionWords(text: string): LatinLanguage | undefined {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .match(/\p{L}+/gu);
  if (words === null) return undefined;
  const [best, second] = (Object.keys(FUNCTION_WORDS) as LatinLanguage[])
    .filter((language) => language !== 'en')
    .map((language) => ({ language, score: scoreOf(language, words, text) }))
    .sort((a, b) => b.score - a.score);
  if (best === undefined || second === undefined) return undefined;
  const { language, score } = best;
  const english = words.filter((word) => FUNCTION_WORDS.en.has(word));
  const onlyEnglish = english.filter((word) => !FUNCTION_WORDS[language].has(word)).length;
  const shared = english.length - onlyEnglish;
  const ownOnly = score - shared;
  const ahead = onlyEnglish === 0 ? ownOnly > 0 : ownOnly > onlyEnglish + 1;
  if (score >= LEAST && ahead && score > second.score) return language;
  return english.length > 0 && english.length >= score ? 'en' : undefined;
}

function scoreOf(language: LatinLanguage, words: readonly string[], text: string): number {
  const marks = MARKS.filter(([of, mark]) => of === language && mark.test(text));
  const small = words.filter((word) => FUNCTION_WORDS[language].has(word));
  const opened = small[0] !== undefined && small[0] === words[0] && OPENERS.has(small[0]);
  return small.length + (opened ? 1 : 0) + marks.reduce((sum, [, , weight]) => sum + weight, 0);
}
