import { stemmer } from 'stemmer';
import type { Span } from '../model/document.ts';
import type { TextAnalyser } from '../ports/text-analyser.ts';
import { IRREGULAR_FORMS } from './irregular-forms.ts';
import { STOP_WORDS } from './stop-words.ts';

/** A word of a text: as written, folded (lower case, no accents, no possessive), stemmed (Porter, irregular forms first), and where it stands. */
export interface Term extends Span {
  readonly written: string;
  readonly word: string;
  readonly stem: string;
}

const WORD = /\p{N}+(?:[.,]\p{N}+)*(?![\p{L}\p{N}])|[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*/gu;
/** Han characters, kana, and the marks that kana and numbers are written with. */
const UNSPACED = /[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/;
const RUN = new RegExp(`${UNSPACED.source}+|(?:(?!${UNSPACED.source}).)+`, 'gsu');
const forms = new Map<string, Form>();
const MOST_FORMS_KEPT = 50_000;
/** V8 cuts longer words out of their text as slices, which keep the whole text in memory. */
const LONGEST_KEPT = 12;

type Form = Pick<Term, 'word' | 'stem'>;

/** Index terms are stems, so that a question finds what it reads. Give it another id when stems come out otherwise. */
export const STEM_ANALYSER: TextAnalyser = {
  id: 'stems/2',
  analyse: (text) => termsOf(text).map(({ stem }) => stem),
};

/**
 * Every word of `text`, in order. Numbers lose their thousands separators, so `23,000` and `23000` are one term. Chinese and Japanese
 * put no spaces between words: of their runs every two neighbouring characters are a term.
 */
export function termsOf(text: string): Term[] {
  const terms: Term[] = [];
  for (const match of text.matchAll(WORD)) {
    const written = match[0];
    if (UNSPACED.test(written)) terms.push(...pairsIn(written, match.index));
    else terms.push({ written, ...formOf(written), start: match.index, end: match.index + written.length });
  }
  return terms;
}

function pairsIn(written: string, at: number): Term[] {
  return [...written.matchAll(RUN)].flatMap(({ 0: run, index }) => {
    const start = at + index;
    if (!UNSPACED.test(run)) return [{ written: run, ...formOf(run), start, end: start + run.length }];
    return Array.from({ length: Math.max(1, run.length - 1) }, (_, i) => {
      const pair = run.slice(i, i + 2);
      return { written: pair, word: pair, stem: pair, start: start + i, end: start + i + pair.length };
    });
  });
}

/** The words that carry a question's subject: without stop words, or every word when nothing else is left. */
export function contentTerms(text: string): Term[] {
  const terms = termsOf(text);
  const content = terms.filter((term) => !STOP_WORDS.has(term.word));
  return content.length > 0 ? content : terms;
}

/** Texts repeat their words, and looking one up is ten times quicker than folding and stemming it. */
function formOf(written: string): Form {
  const known = forms.get(written);
  if (known !== undefined) return known;
  const word = fold(written);
  const form = { word, stem: stemOf(word) };
  if (written.length > LONGEST_KEPT) return form;
  if (forms.size >= MOST_FORMS_KEPT) forms.clear();
  forms.set(written, form);
  return form;
}

function fold(written: string): string {
  if (/^\p{N}/u.test(written)) return written.replace(/,(?=\p{N}{3}(?!\p{N}))/gu, '').toLowerCase();
  return written
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/['’]s$/u, '')
    .replace(/['’]/gu, '');
}

/** The stem of a folded word. */
export function stemOf(word: string): string {
  return /^[a-z]+$/.test(word) ? stemmer(IRREGULAR_FORMS.get(word) ?? word) : word;
}
