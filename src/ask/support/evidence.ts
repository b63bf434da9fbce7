import type { Passage } from '../../model/passage.ts';
import type { StoredPassage } from '../../ports/passage-store.ts';
import type { Name } from './names.ts';
import { type Reading, readSentence } from './reading.ts';
import { sameNameWord } from './same-name.ts';

/** A passage with each of its sentences read, and the title and headings that it stands under. */
export interface ReadPassage {
  readonly source: StoredPassage;
  readonly sentences: readonly Reading[];
  readonly heading: Reading;
  /** Neighbouring sentences read as one, by where they begin and end; filled as they are asked for. */
  readonly runs: Map<string, Reading>;
}

/** Neighbouring sentences `from` to `to` (exclusive) of a passage, as what may prove a claim. */
export interface Evidence {
  readonly passage: ReadPassage;
  readonly from: number;
  readonly to: number;
  readonly reading: Reading;
}

/** What a name that the evidence leaves out was found to stand for: earlier sentences that must be quoted too, if any. */
export interface Resolved {
  readonly sentences: readonly number[];
}

const PRONOUNS = /^(?:he|she|it|they|him|her|them|his|hers|its|their|theirs)$/;
const POINTERS = /^(?:this|these|that|those|such)$/;
/** A sentence that opens with a description has no name among this many words. */
const OPENING = 6;
/^(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|this|these|that|those|such|who|which)$/;
const REACH = 4;
const read = new WeakMap<Passage, ReadPassage>();

/** Reads a passage once, however many claims it is asked about. */
export function readPassage(source: StoredPassage): ReadPassage {
  const known = read.get(source.passage);
  if (known !== undefined) return known;
  const { passage, documentTitle } = source;
  const sentences = passage.sentences.map(({ start, end }) =>
    readSentence(passage.text.slice(start - passage.start, end - passage.start)),
  );
  const heading = readSentence([documentTitle, ...passage.headings].join(' – '));
  const made = { source, sentences, heading, runs: new Map<string, Reading>() };
  read.set(passage, made);
  return made;
}

/** Sentences `from` to `to` of a passage as one piece of evidence. */
export function evidenceOf(passage: ReadPassage, from: number, to: number): Evidence {
  return { passage, from, to, reading: readingOf(passage, from, to) };
}

function readingOf({ sentences, runs }: ReadPassage, from: number, to: number): Reading {
  const only = to - from === 1 ? sentences[from] : undefined;
  if (only !== undefined) return only;
  const key = `${from} ${to}`;
  const known = runs.get(key);
  if (known !== undefined) return known;
  const texts = sentences.slice(from, to).map(({ text }) => text);
  const reading = readSentence(texts.join(' '));
  runs.set(key, reading);
  return reading;
}

/**
 * Whether the evidence means `name` without saying it: by a surname alone whose full form stands before it, or by a pronoun
 * or a description ("the general") for what the title, a heading or the subject of an earlier sentence names.
 */
export function resolveName(name: Name, { passage, from, reading }: Evidence): Resolved | undefined {
  const surname = name.words.filter((word) => reading.tokens.some((token) => sameNameWord(token.word, word)));
  if (surname.length > 0) return resolveSurname(name, passage, from, reading);
  if (!pointsBack(reading)) return undefined;
  if (namedIn(name, passage.heading)) return { sentences: [] };
  for (let at = from - 1; at >= Math.max(0, from - REACH); at--) {
    const earlier = passage.sentences[at];
    if (earlier === undefined) return undefined;
    const [subject] = earlier.names;
    if (subject !== undefined && (covers(subject, name) || isShortOf(subject, name, passage, at)))
      return { sentences: [at] };
    // Another subject stands between: the pronoun means that one.
    if (subject !== undefined && subject.from <= 2) return undefined;
  }
  return undefined;
}

function resolveSurname(
  name: Name,
  passage: ReadPassage,
  from: number,
  reading: Reading,
): Resolved | undefined {
  const bare = reading.names.some((told) =>
    told.words.every((word) => name.words.some((own) => sameNameWord(own, word))),
  );
  if (!bare) return undefined;
  for (let at = from - 1; at >= 0; at--) {
    const full = passage.sentences[at]?.names.findLast(
      (told) => told.words.length > 1 && sharesSurname(told, name),
    );
    if (full !== undefined)
      return covers(full, name) ? { sentences: from - at <= REACH ? [at] : [] } : undefined;
  }
  return namedIn(name, passage.heading) ? { sentences: [] } : undefined;
}

function isShortOf(subject: Name, name: Name, passage: ReadPassage, at: number): boolean {
  if (!subject.words.every((word) => name.words.includes(word))) return false;
  const sentence = passage.sentences[at];
  return sentence !== undefined && resolveSurname(name, passage, at, sentence) !== undefined;
}

function sharesSurname(told: Name, name: Name): boolean {
  return name.words.some((word) => sameNameWord(told.words.at(-1) ?? '', word));
}

function covers(told: Name, name: Name): boolean {
  return name.words.every((word) => told.words.some((other) => sameNameWord(word, other)));
}

function namedIn(name: Name, reading: Reading): boolean {
  return name.words.every((word) => reading.tokens.some((token) => sameNameWord(word, token.word)));
}

/** Whether a sentence leaves open of whom it speaks: it has a pronoun, or opens with a description rather than a name. */
export function pointsBack({ tokens, names }: Reading): boolean {
  if (tokens.some(({ word }, at) => PRONOUNS.test(word) || (at === 0 && POINTERS.test(word)))) return true;
  return !names.some(({ from }) => from < OPENING);
}
