import type { Turn } from '../../model/conversation.ts';
import { termsOf } from '../terms.ts';
import { isSame, type Mention } from './mention.ts';
import { mentionsIn } from './mentions.ts';
import { answerOf, mentionsOf, questionOf, type Weighed } from './turn-mentions.ts';
import { isStop } from './word-classes.ts';

/** A mention of the conversation so far, and how present it is. */
export interface Candidate extends Weighed {
  /** Turns since it was last mentioned; 0 is the last one. */
  readonly age: number;
}

/** What a conversation speaks of when the next question comes. */
export interface Focus {
  /** Most present first. */
  readonly candidates: readonly Candidate[];
  /** The last question, in the form that stands alone. */
  readonly question: string;
  /** The start of the last answer; empty after a decline. */
  readonly answer: string;
  readonly inQuestion: readonly Mention[];
  readonly inAnswer: readonly Mention[];
  /** How often the stem of each word, stop words aside, occurs in the turns read. */
  readonly stems: ReadonlyMap<string, number>;
}

/** Earlier turns than these say little about what a pronoun means. */
const TURNS_READ = 8;
/** What is left of a mention's presence a turn later. */
const DECAY = 0.6;

/** Reads the turns, oldest first, into what is in focus; undefined without any. */
export function focusOf(turns: readonly Turn[]): Focus | undefined {
  const last = turns.at(-1);
  if (last === undefined) return undefined;
  const read = turns.slice(-TURNS_READ);
  let candidates: Candidate[] = [];
  for (const [i, turn] of read.entries()) {
    candidates = candidates.map((one) => ({ ...one, score: one.score * DECAY }));
    for (const one of mentionsOf(turn)) candidates = add(candidates, { ...one, age: read.length - 1 - i });
  }
  const question = questionOf(last);
  const answer = answerOf(last);
  return {
    candidates: candidates.sort((a, b) => b.score - a.score),
    question,
    answer,
    inQuestion: mentionsIn(question, { nouns: true }),
    inAnswer: mentionsIn(answer, { nouns: false }),
    stems: countsOf(read.flatMap(wordsOf)),
  };
}

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function wordsOf(turn: Turn): string[] {
  const terms = termsOf(`${turn.standaloneQuestion} ${answerOf(turn)}`);
  return terms.filter((term) => !isStop(term.word)).map((term) => term.stem);
}

/** Adds to the score of what was mentioned before, under its longer name, or begins a new candidate. */
function add(candidates: readonly Candidate[], next: Candidate): Candidate[] {
  const known = candidates
    .filter((one) => isSame(one.mention, next.mention))
    .sort((a, b) => a.age - b.age || b.score - a.score)[0];
  if (known === undefined) return [...candidates, next];
  const merged = {
    mention: merge(known.mention, next.mention),
    score: known.score + next.score,
    central: known.central || next.central,
    asked: known.asked || next.asked,
    age: next.age,
  };
  return candidates.map((one) => (one === known ? merged : one));
}

function merge(known: Mention, mention: Mention): Mention {
  const [longer, other] = known.words.length >= mention.words.length ? [known, mention] : [mention, known];
  const kind = longer.kind === 'unknown' ? other.kind : longer.kind;
  const gender = longer.gender ?? other.gender;
  return { ...longer, kind, ...(gender === undefined ? {} : { gender }) };
}
