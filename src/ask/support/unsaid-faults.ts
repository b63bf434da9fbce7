import { setOf } from '../contextualise/word-classes.ts';
import type { Fault } from './faults.ts';
import type { Reading } from './reading.ts';
import type { WordMatch } from './word-match.ts';

const BE = setOf('is are was were');
const ARTICLES = setOf('a an the');
/** A stretch of fewer words may be said in others. */
const FEWEST_WORDS = 2;

/**
 * What a claim says on its own account: a stretch between commas of which the evidence has no word, and what somebody or
 * something is ("is a criminal") when nothing there calls it so.
 */
export function unsaidFaults(claim: Reading, words: readonly WordMatch[]): Fault[] {
  const unmet = new Set(claim.content.filter((_, i) => words[i]?.match === 'none'));
  return [...unsaidStretches(claim, unmet), ...unsaidComplements(claim, unmet)];
}

function unsaidStretches({ tokens, content }: Reading, unmet: ReadonlySet<number>): Fault[] {
  const starts = tokens.flatMap(({ afterBreak }, at) => (afterBreak || at === 0 ? [at] : []));
  return starts.flatMap((from, i): Fault[] => {
    const to = starts[i + 1] ?? tokens.length;
    const own = content.filter((at) => at >= from && at < to);
    if (own.length < FEWEST_WORDS || own.length === content.length || !own.every((at) => unmet.has(at)))
      return [];
    const said = tokens.slice(from, to).map(({ written }) => written);
    return [{ kind: 'unsaid', reason: `the passage says nothing of "${said.join(' ')}"` }];
  });
}

function unsaidComplements({ tokens, content }: Reading, unmet: ReadonlySet<number>): Fault[] {
  return tokens.flatMap(({ word }, at): Fault[] => {
    if (!BE.has(word) || !ARTICLES.has(tokens[at + 1]?.word ?? '')) return [];
    let last = at + 1;
    while (content.includes(last + 1) && tokens[last + 1]?.afterBreak !== true) last += 1;
    const head = tokens[last];
    if (head === undefined || !unmet.has(last)) return [];
    return [{ kind: 'unsaid', reason: `nothing in the passage is called a "${head.written}"` }];
  });
}
