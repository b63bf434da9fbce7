import type { Turn } from '../model/conversation.ts';

/** A follow-up is searched for together with this many questions before it. */
const QUESTIONS_BEFORE = 3;
/** Characters; more of it would be cut off by most embedders. */
const LONGEST = 1_000;

/**
 * What a follow-up is searched by beside its completed form: as it was asked, and behind the questions before it. What one
 * wording misses, another finds. None for a first question; `turns` oldest first.
 */
export function otherWordings(asked: string, turns: readonly Turn[]): readonly string[] {
  if (turns.length === 0) return [];
  const before = turns.slice(-QUESTIONS_BEFORE).map((turn) => turn.question);
  return [asked, [...before, asked].join(' ').slice(-LONGEST)];
}
