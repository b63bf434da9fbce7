import type { Reading } from './reading.ts';
import type { WordMatch } from './word-match.ts';

/** Words of a claim that the evidence does not say, and what the evidence says in their place. */
export interface Gap {
  readonly claimed: string;
  /** Empty when nothing stands there. */
  readonly told: string;
}

/** Words looked at beside a gap where only one side of it is met. */
const REACH = 5;
const MOST_GAPS = 2;

/** The longest gaps of a claim, each with the words between those that surround it in the claim. */
export function gapsOf(claim: Reading, told: Reading, words: readonly WordMatch[]): Gap[] {
  const met = new Set(words.map(({ at }) => at));
  return runsOf(words)
    .sort((a, b) => b.to - b.from - (a.to - a.from))
    .slice(0, MOST_GAPS)
    .map(({ from, to }) => {
      const [first = 0, last = 0] = [claim.content[from], claim.content[to - 1]];
      const [low, high] = between(words, from, to, told.tokens.length);
      const spare = told.content.filter((at) => at >= low && at <= high && !met.has(at));
      return {
        claimed: textOf(claim, first, last),
        told: spare.map((at) => told.tokens[at]?.word ?? '').join(' '),
      };
    });
}

function runsOf(words: readonly WordMatch[]): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = [];
  words.forEach(({ match }, at) => {
    if (match !== 'none') return;
    const last = runs.at(-1);
    if (last?.to === at) last.to = at + 1;
    else runs.push({ from: at, to: at + 1 });
  });
  return runs;
}

function between(words: readonly WordMatch[], from: number, to: number, length: number): [number, number] {
  const before = words.slice(0, from).findLast(({ at }) => at !== undefined)?.at;
  const after = words.slice(to).find(({ at }) => at !== undefined)?.at;
  if (before === undefined && after === undefined) return [0, length];
  if (before === undefined) return [(after ?? 0) - REACH, after ?? 0];
  if (after === undefined) return [before, before + REACH];
  const [low, high] = [Math.min(before, after), Math.max(before, after)];
  return high - low > 1 ? [low, high] : [low - REACH, high + REACH];
}

function textOf({ tokens }: Reading, first: number, last: number): string {
  return tokens
    .slice(first, last + 1)
    .map(({ word }) => word)
    .join(' ');
}
