import type { Language } from './detect-language.ts';
import { FUNCTION_WORDS, type LatinLanguage } from './function-words.ts';

/** How a question is searched for. */
export interface SearchWords {
  /** For full text, and for what reads sentences against the question. */
  readonly query: string;
  /** For the search by meaning. */
  readonly meaning: string;
}

/**
 * A question as the search reads it. Full text and the reading of sentences know English question words and stop words alone, so one
 * of another language gets its question words in English and loses its other small words. What is left finds names in documents of
 * any language, and words in documents of its own. Its meaning is that of the whole question, which a multilingual embedder
 * understands, unless nothing but names is left.
 */
export function searchWords(question: string, language: Language | undefined): SearchWords {
  if (language === undefined || language === 'en') return { query: question, meaning: question };
  const glossed = (GLOSSES[language] ?? []).reduce(
    (text, [from, to]) => text.replace(from, ` ${to} `),
    question,
  );
  const small = FUNCTION_WORDS[language as LatinLanguage] ?? NONE;
  const kept = glossed
    .replace(/(?<=^|[\s(])\p{L}{1,2}['’](?=\p{L})/gu, ' ')
    .split(/\s+/)
    .filter((word) => word !== '' && (ENGLISH.has(word) || !small.has(folded(word))));
  const query = kept.join(' ');
  const foreign = kept.filter((word) => !ENGLISH.has(word) && /\p{L}/u.test(word));
  if (foreign.length === 0) return { query: question, meaning: question };
  return { query, meaning: foreign.every((word) => NAME.test(word)) ? query : question };
}

const NONE: ReadonlySet<string> = new Set();
const NAME = /^[^\p{L}]*\p{Lu}/u;
/** What the glosses give, in lower case: a word of the question that looks like one of these is as harmless. */
const ENGLISH: ReadonlySet<string> = new Set(
  'who what where when why how many much which is are was were did'.split(' '),
);

function folded(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/\p{M}+|[^\p{L}]/gu, '')
    .toLowerCase();
}

type Gloss = readonly [RegExp, string];

/** Whole words, in any case, with or without an apostrophe behind them. */
function glosses(pairs: Readonly<Record<string, string>>): readonly Gloss[] {
  return Object.entries(pairs).map(([english, words]) => [
    new RegExp(`(?<![\\p{L}\\p{M}])(?:${words})(?![\\p{L}\\p{M}])`, 'giu'),
    english,
  ]);
}

/** The first that matches goes first: longer forms stand before the words that they hold. */
const GLOSSES: Partial<Readonly<Record<Language, readonly Gloss[]>>> = {
  de: glosses({
    'how many': 'wie ?viele?',
    who: 'wer|wem|wen|wessen',
    what: 'was',
    where: 'wo|wohin|woher',
    when: 'wann',
    why: 'warum|wieso|weshalb',
    how: 'wie',
    which: 'welche[rsnm]?',
    is: 'ist',
    are: 'sind',
    was: 'war',
    were: 'waren',
  }),
  fr: glosses({
    what: "qu['’]est[- ]ce qu[ei]|qu['’]est[- ]ce|quoi|que",
    'how many': 'combien',
    who: 'qui',
    where: 'où',
    when: 'quand',
    why: 'pourquoi',
    how: 'comment',
    which: 'quel(?:le)?s?',
    is: 'est',
    are: 'sont',
    was: 'était|fut',
    were: 'étaient',
  }),
  es: glosses({
    'how many': 'cu[aá]nt[oa]s?',
    why: 'por qu[eé]',
    who: 'qui[eé]n(?:es)?',
    where: 'd[oó]nde',
    when: 'cu[aá]ndo',
    how: 'c[oó]mo',
    which: 'cu[aá]l(?:es)?',
    what: 'qu[eé]',
    is: 'es|est[aá]',
    are: 'son|est[aá]n',
    was: 'era|fue',
    were: 'eran|fueron',
  }),
  it: glosses({
    'how many': 'quant[aoie]',
    who: 'chi',
    where: 'dove',
    when: 'quando',
    why: 'perch[eé]',
    how: 'come',
    which: 'qual[ei]?',
    what: 'che cosa|cosa|che',
    is: 'è',
    was: 'era|fu',
  }),
  pt: glosses({
    'how many': 'quant[ao]s?',
    why: 'por ?qu[eê]',
    who: 'quem',
    where: 'onde',
    when: 'quando',
    how: 'como',
    which: 'qua(?:l|is)',
    what: 'o que|que',
    is: 'é|está',
    was: 'era|foi',
  }),
  nl: glosses({
    'how many': 'hoeveel',
    who: 'wie',
    where: 'waar',
    when: 'wanneer',
    why: 'waarom',
    how: 'hoe',
    which: 'welke?',
    what: 'wat',
    are: 'zijn',
    was: 'was',
  }),
  ar: glosses({
    'who is': 'من (?:هو|هي|هم)|من',
    why: 'لماذا|لم',
    what: 'ما (?:هو|هي)|ماذا|ما',
    where: 'أين|اين',
    when: 'متى',
    how: 'كيف',
    'how many': 'كم',
    which: 'أي|أية',
    '': 'هل|في|على|إلى|عن|مع|هذا|هذه',
  }),
  zh: [
    [/(?:请问|吗|呢|的|了|是)+(?=[?？。]|$)/gu, ''],
    [/是谁|谁是|谁/gu, 'who is'],
    [/为什么|为何/gu, 'why'],
    [/什么时候|何时|哪一?年|哪天/gu, 'when'],
    [/哪里|哪儿|在哪|何处/gu, 'where'],
    [/多少|几个/gu, 'how many'],
    [/怎么样?|如何/gu, 'how'],
    [/是?什么|哪些|哪个/gu, 'what'],
  ],
  ja: [
    [/(?:です|ます|でした|ました|でしょう)?か(?=[?？。]|$)/gu, ''],
    [/とは誰|誰|だれ/gu, 'who is'],
    [/なぜ|どうして/gu, 'why'],
    [/いつ/gu, 'when'],
    [/どこ/gu, 'where'],
    [/いくつ|何(?:人|個|日|年|回)/gu, 'how many'],
    [/どう(?:やって|すれば)?/gu, 'how'],
    [/とは何|何|なに/gu, 'what'],
    [
      /(?<=[\p{Script=Han}\p{Script=Katakana}\p{Script=Latin}ー])[はがをにでのとも](?=[\p{Script=Han}\p{Script=Katakana}\p{Script=Latin}\s]|$)/gu,
      '',
    ],
  ],
};
