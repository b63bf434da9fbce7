import type { Embedder } from '../../ports/embedder.ts';
import type { PassageStore } from '../../ports/passage-store.ts';
import { contentTerms, stemOf, type Term } from '../terms.ts';

export interface UnknownWordsDeps {
  readonly store: Pick<PassageStore, 'documentFrequencies'>;
  readonly embedder: Pick<Embedder, 'countTokens'>;
}

/** Endings that make another form of a word. */
const ENDINGS = ['e', 's', 'es', 'ed', 'd', 'er', 'ing', 'ly', 'al', 'ion', 'ation', 'ment', 'ity', 'y'];

/**
 * Words of a question that no document holds and that the embedding model does not know as one word, in any form of theirs.
 * What is well spelt costs at most one look-up.
 */
export async function unknownWords({ store, embedder }: UnknownWordsDeps, question: string): Promise<Term[]> {
  const isKnown = knows(embedder);
  const strange = contentTerms(question).filter(
    (term) => isPlainWord(term, question) && !isKnown(term.written),
  );
  if (strange.length === 0) return [];
  const frequencies = await store.documentFrequencies(strange.map(({ stem }) => stem));
  const absent = strange.filter(({ stem }) => frequencies.get(stem) === 0);
  return absent.filter(({ stem }) => !formsOf(stem).some(isKnown));
}

/** Whether a model knows a word: those of the BERT family have the usual words of their language whole. */
export function knows({ countTokens }: UnknownWordsDeps['embedder']): (word: string) => boolean {
  return (word) => countTokens(word) === 1;
}

/** Letters of our alphabet, no contraction, and no part of a path, an address or an identifier. */
function isPlainWord({ word, written, start, end }: Term, question: string): boolean {
  const around = `${question[start - 1] ?? ' '}${question.slice(end, end + 2)}`;
  return /^[a-z]{3,30}$/.test(word) && !/['’](?!s$)/i.test(written) && !/[_/@\\\d=]|\.\p{L}/u.test(around);
}

/** A model that knows a word may not know every form of it. */
function formsOf(stem: string): string[] {
  const bases = stem.endsWith('i') ? [stem, `${stem.slice(0, -1)}y`] : [stem];
  const forms = bases.flatMap((base) => [base, ...ENDINGS.map((ending) => base + ending)]);
  return forms.filter((form) => stemOf(form) === stem);
}
