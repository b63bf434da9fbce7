import type { PassageStore } from '../../ports/passage-store.ts';
import { stemOf, type Term, termsOf } from '../terms.ts';
import { distanceToStart, editDistance } from './edit-distance.ts';
import { isFingerSlip, isMisspelling, type Kind, mostEdits } from './is-misspelling.ts';
import { knows, type UnknownWordsDeps, unknownWords } from './unknown-words.ts';

export interface SpellingDeps extends UnknownWordsDeps {
  readonly store: UnknownWordsDeps['store'] &
    Pick<PassageStore, 'termsBetween' | 'searchText' | 'getPassages'>;
}

/** A question with more unknown words is in another language or about another matter. */
const MOST_UNKNOWN = 5;
/** How much shorter than a word its stem may be. */
const LONGEST_ENDING = 5;
/** Stems whose words are looked up in the documents, and passages of each that are read for them. */
const STEMS_READ = 5;
const PASSAGES_READ = 4;

/**
 * The question with its misspelt words put right after the documents' own words. A word counts as misspelt when no document
 * holds it and the embedding model does not know it either; it is put right when the documents have a word near enough
 * (`isMisspelling`) that begins with the same letter. Everything else is left as it was written.
 */
export async function correctSpelling(deps: SpellingDeps, question: string): Promise<string> {
  const unknown = await unknownWords(deps, question);
  if (unknown.length > MOST_UNKNOWN) return question;
  const corrections = await Promise.all(
    unknown.map(async (term) => ({ term, word: await nearestWord(deps, term, kindOf(term, question)) })),
  );
  return corrections.reverse().reduce((text, { term, word }) => {
    if (word === undefined) return text;
    const rest = term.written.slice(term.word.length);
    return text.slice(0, term.start) + inCaseOf(term.written, word) + rest + text.slice(term.end);
  }, question);
}

function kindOf({ written }: Term, question: string): Kind {
  if (question === question.toUpperCase()) return 'word';
  if (written.length > 1 && written === written.toUpperCase()) return 'acronym';
  return /^\p{Lu}/u.test(written) ? 'name' : 'word';
}

/** The word of the documents that `word` most likely stands for: the fewest edits, then the most alike and frequent. */
async function nearestWord(deps: SpellingDeps, { word }: Term, kind: Kind): Promise<string | undefined> {
  const stems = await nearStems(deps, word, mostEdits(word, kind));
  const words = await Promise.all(
    stems.map(async ({ stem, passages }) =>
      (await wordsOf(deps, stem)).map((form) => ({ form, passages, ...likeness(word, form) })),
    ),
  );
  return words
    .flat()
    .filter(({ form }) => isMisspelling(word, form, kind))
    .sort((a, b) => a.edits - b.edits || b.alike * b.passages - a.alike * a.passages)[0]?.form;
}

/** Stems of the documents that `word`, or its beginning, comes near to; nearest first. An index holds stems alone. */
async function nearStems({ store }: SpellingDeps, word: string, most: number) {
  const initial = word.slice(0, 1);
  const terms = await store.termsBetween({
    from: initial,
    to: `${initial}\u{10ffff}`,
    shortest: Math.max(2, word.length - LONGEST_ENDING),
    longest: word.length + most,
  });
  const near = [...terms].flatMap(([stem, passages]) => {
    if (lettersBeyond(stem, word) > most + 1) return [];
    const edits = distanceToStart(stem, word);
    return edits > most + (stem.endsWith('i') ? 1 : 0) ? [] : [{ stem, passages, edits }];
  });
  const cost = ({ stem, edits }: { stem: string; edits: number }) =>
    edits + Math.abs(word.length - stem.length) / 4;
  return near.sort((a, b) => cost(a) - cost(b) || b.passages - a.passages).slice(0, STEMS_READ);
}

/** Letters of `stem` that `word` has not: a quick lower bound of the edits between them. */
function lettersBeyond(stem: string, word: string): number {
  let count = 0;
  for (const letter of stem) if (!word.includes(letter)) count += 1;
  return count;
}

/** Words of a stem: as the documents' first few passages have them, and its base forms that the model knows. */
async function wordsOf({ store, embedder }: SpellingDeps, stem: string): Promise<string[]> {
  const matches = await store.searchText({ terms: [stem], limit: PASSAGES_READ });
  const stored = await store.getPassages(matches.map(({ passageId }) => passageId));
  const texts = stored.map(({ passage, documentTitle }) =>
    [documentTitle, ...passage.headings, passage.text].join(' '),
  );
  const words = texts.flatMap(termsOf).filter((term) => term.stem === stem);
  const bases = [stem, `${stem}e`].filter((base) => stemOf(base) === stem && knows(embedder)(base));
  return [...new Set([...words.map((term) => term.word), ...bases])];
}

/** Edits, of which slips of the fingers count half; and how much of both ends they share, each letter counting eightfold. */
function likeness(word: string, form: string): { edits: number; alike: number } {
  const edits = editDistance(word, form) * (isFingerSlip(word, form) ? 0.5 : 1);
  const reversed = (text: string) => [...text].reverse().join('');
  const shared = sharedStart(word, form) + sharedStart(reversed(word), reversed(form));
  return { edits, alike: 8 ** Math.min(shared, word.length) };
}

function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

function inCaseOf(written: string, word: string): string {
  if (written.length > 1 && written === written.toUpperCase()) return word.toUpperCase();
  return /^\p{Lu}/u.test(written) ? word.slice(0, 1).toUpperCase() + word.slice(1) : word;
}
