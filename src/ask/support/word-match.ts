import type { Evidence } from './evidence.ts';
import { isNamed } from './is-named.ts';
import type { Name } from './names.ts';
import type { Reading } from './reading.ts';
import { sameNameWord } from './same-name.ts';
import { areAlike, areOpposed } from './word-relations.ts';

/** How a word of a claim is met: by the same word, by a like one, only in the title or a heading above it, or not. */
export type Match = 'same' | 'alike' | 'context' | 'none';

export interface WordMatch {
  readonly match: Match;
  /** Token index in the evidence, when it is met there. */
  readonly at?: number;
  /** Stem in the evidence that excludes it. */
  readonly opposed?: string;
}

/** Meets each content word of `claim`, in their order; `resolved` are names that the evidence means without saying them. */
export function matchWords(claim: Reading, evidence: Evidence, resolved: readonly Name[]): WordMatch[] {
  const { reading } = evidence;
  const places = new Map<string, number>();
  for (const at of reading.tokens.keys()) {
    const stem = reading.tokens[at]?.stem;
    if (stem !== undefined && !places.has(stem)) places.set(stem, at);
  }
  const around = evidence.passage.heading.stems;
  const claimed = new Set(claim.content.map((at) => claim.tokens[at]?.stem ?? ''));
  const inOtherForm = new Set(
    claim.names
      .filter((name) => resolved.includes(name) || isNamed(name, reading))
      .flatMap(({ from, to }) => indices(from, to)),
  );
  const matches = claim.content.map((index): WordMatch => {
    const token = claim.tokens[index];
    if (token === undefined) return { match: 'none' };
    const same = places.get(token.stem);
    if (same !== undefined) return { match: 'same', at: same };
    const like = reading.content.find((at) => {
      const told = reading.tokens[at];
      return (
        told !== undefined &&
        (token.capital && told.capital
          ? sameNameWord(token.word, told.word)
          : areAlike(token.stem, told.stem))
      );
    });
    if (like !== undefined) return { match: 'alike', at: like };
    if (inOtherForm.has(index)) return { match: 'alike' };
    if (around.has(token.stem)) return { match: 'context' };
    const opposed = reading.content
      .map((at) => reading.tokens[at]?.stem ?? '')
      .find((stem) => !claimed.has(stem) && areOpposed(token.stem, stem));
    return opposed === undefined ? { match: 'none' } : { match: 'none', opposed };
  });
  return opensWithPronoun(reading) ? withSubject(matches) : matches;
}

/** "It is 42 metres high" says of its subject what a claim says by name, so the words that open the claim are met. */
function withSubject(matches: readonly WordMatch[]): WordMatch[] {
  const own = matches.findIndex(({ match }) => match !== 'context');
  return matches.map((word, i) => (i < own ? { match: 'alike' } : word));
}

function opensWithPronoun({ tokens }: Reading): boolean {
  return tokens
    .slice(0, 2)
    .some(({ word }) => /^(?:he|she|it|they|this|these|his|her|its|their)$/.test(word));
}

function indices(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
