type MentionKind = 'person' | 'group' | 'place' | 'time' | 'thing' | 'unknown';

/** Something that a text speaks of, and that a later pronoun may mean. */
export interface Mention {
  /** As it would be written in another question, `the` included where it takes one. */
  readonly text: string;
  /** Folded words, without articles. */
  readonly words: readonly string[];
  readonly kind: MentionKind;
  readonly gender?: 'male' | 'female';
  readonly plural: boolean;
  /** Written with a capital; any other is a common noun. */
  readonly proper: boolean;
  /** It does something, owns something or opens a sentence, as those do whom a text is about. */
  readonly subject: boolean;
  /** Offsets in the text that it was read from, without its article. */
  readonly start: number;
  readonly end: number;
}

/** The word that names what it is: the last one before `of`. */
export function headOf(mention: Mention): string {
  const of = mention.words.indexOf('of');
  return mention.words[(of > 0 ? of : mention.words.length) - 1] ?? '';
}

/** Whether both name the same: the same words, or one the other's first or last name. */
export function isSame(one: Mention, other: Mention): boolean {
  const [short, long] = one.words.length <= other.words.length ? [one, other] : [other, one];
  if (short.words.length === long.words.length) return short.words.every((word, i) => word === long.words[i]);
  if (!short.proper || !long.proper) return false;
  const first = long.words.slice(0, short.words.length).join(' ');
  const last = long.words.slice(-short.words.length).join(' ');
  const words = short.words.join(' ');
  return words === first || words === last;
}
