import { type Term, termsOf } from '../terms.ts';

/** A word of a text, with what its neighbourhood says. */
export interface Token extends Term {
  /** A comma, full stop, quotation mark or the like stands before it. */
  readonly afterBreak: boolean;
  /** First of its sentence, where a capital says nothing. */
  readonly opensSentence: boolean;
  readonly capital: boolean;
  readonly possessive: boolean;
}

const ABBREVIATION = /^(?:\p{Lu}|Mr|Mrs|Ms|Dr|St|Prof|Gen|Col|Lt|Sr|Jr|vs)$/u;

/** The words of `text`, in order. Contractions keep their auxiliary: `didn't` reads `didnt`. */
export function tokensOf(text: string): Token[] {
  const terms = termsOf(text);
  return terms.map((term, i) => {
    const before = terms[i - 1];
    const gap = text.slice(before?.end ?? 0, term.start);
    const abbreviated = before !== undefined && /^\.\s?$/.test(gap) && ABBREVIATION.test(before.written);
    const opensSentence = before === undefined || (!abbreviated && /[.?!]["”’)]?\s+["“‘(]?$/.test(gap));
    return {
      ...term,
      afterBreak: opensSentence || (!abbreviated && /[^\s\-–.&/]|\.\s|\n\n|\s[-–]\s/.test(gap)),
      opensSentence,
      capital: /^\p{Lu}/u.test(term.written),
      possessive: /['’]s?$/u.test(term.written) || /^['’]\s/.test(text.slice(term.end, term.end + 2)),
    };
  });
}
