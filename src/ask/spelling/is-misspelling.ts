import { STOP_WORDS } from '../stop-words.ts';
import { editDistance } from './edit-distance.ts';

/** How a word was written, which tells what it may be. */
export type Kind = 'word' | 'name' | 'acronym';

/** Edits by which a word may be off: two in long ones, where no other word is as near. */
export function mostEdits(word: string, kind: Kind): number {
  return word.length >= 10 && kind === 'word' ? 2 : 1;
}

/**
 * Whether `word` may be a misspelling of `other`. The shorter a word, the more neighbours it has: up to four letters it must
 * be a slip of the fingers or make a function word, and up to six no letter may turn into one that sounds otherwise. Two
 * edits leave the last letter alone. An acronym has its letters exchanged at most.
 */
export function isMisspelling(word: string, other: string, kind: Kind): boolean {
  const edits = editDistance(word, other);
  if (edits === 0 || edits > mostEdits(word, kind)) return false;
  if (kind === 'acronym') return sameLetters(word, other);
  if (isFingerSlip(word, other)) return true;
  if (word.length <= 4) return word.length === 4 && kind === 'word' && STOP_WORDS.has(other);
  if (edits === 2) return word.at(-1) === other.at(-1);
  return word.length > 6 || word.length !== other.length || soundsAlike(word, other);
}

/** Two letters exchanged, or one doubled or not. */
export function isFingerSlip(word: string, other: string): boolean {
  return sameLetters(word, other) || withoutDoubles(word) === withoutDoubles(other);
}

function sameLetters(word: string, other: string): boolean {
  return word.length === other.length && [...word].sort().join('') === [...other].sort().join('');
}

function withoutDoubles(word: string): string {
  return word.replace(/(.)\1/g, '$1');
}

/** Letters that people write for one another. */
const SOUNDS = ['aeiouy', 'ckqsxz', 'dt', 'mn', 'bp', 'fvw', 'gj'];

function soundsAlike(word: string, other: string): boolean {
  const soundOf = (letter: string) => SOUNDS.findIndex((sound) => sound.includes(letter));
  return [...word].every((letter, i) => {
    const counterpart = other[i] ?? '';
    return letter === counterpart || (soundOf(letter) >= 0 && soundOf(letter) === soundOf(counterpart));
  });
}
