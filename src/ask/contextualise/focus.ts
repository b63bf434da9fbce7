import type { Turn } from '../../model/conversation.ts';
import { termsOf } from '../terms.ts';
import { isSame, type Mention } from './mention.ts';
import { mentionsIn } from './mentions.ts';
import { isStop } from './word-classes.ts';

/** A mention of the conversation so far, and how present it is. */
export interface Candidate {
  readonly mention: Mention;
  readonly score: number;
  /** Seen as the one that a sentence is about, or in a question. */
  readonly central: boolean;
  /** Seen in a question. */
  readonly asked: boolean;
  /** Turns since it was last mentioned; 0 is the last one. */
  readonly age: number;
}

/** What a conversation speaks of when the next question comes. */
export interface Focus {
  /** Most present first. */
  readonly candidates: readonly Candidate[];
  /** The last question, in the form that stands alone. */
  readonly question: string;
  /** The last answer; empty after a decline. */
  readonly answer: string;
  readonly inQuestion: readonly Mention[];
  readonly inAnswer: readonly Mention[];
  /** How often the stem of each word, stop words aside, occurs in the turns read. */
  readonly stems: ReadonlyMap<string, number>;
}

/** Earlier turns than these say little about what a pronoun means. */
const TURNS_READ = 8;
const ANSWER_READ = 600;
const DECAY = 0.6;
const WEIGHTS = {
  firstInQuestion: 3,
  inQuestion: 2,
  subjectInAnswer: 1.5,
  inAnswer: 0.5,
  asked: 4,
  noun: 1.2,
  carried: 1,
};
const SAYS_NOTHING =
  /^(?:i (?:do not|don['’]t|could not|couldn['’]t|cannot|can['’]t)|sorry|i['’]?a?m sorry|unfortunately,? i|the documents? (?:do|does|don)|there is no (?:document|information))/i;

/** Reads the turns, oldest first, into what is in focus; undefined without any. */
export function focusOf(turns: readonly Turn[]): Focus | undefined {
  const last = turns.at(-1);
  if (last === undefined) return undefined;
  const read = turns.slice(-TURNS_READ);
  let candidates: Candidate[] = [];
  for (const [i, turn] of read.entries()) {
    candidates = candidates.map((one) => ({ ...one, score: one.score * DECAY }));
    for (const one of weighed(turn)) candidates = add(candidates, { ...one, age: read.length - 1 - i });
  }
  const answer = answerOf(last);
  return {
    candidates: candidates.sort((a, b) => b.score - a.score),
    question: questionOf(last),
    answer,
    inQuestion: mentionsIn(questionOf(last), { nouns: true }),
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

function answerOf(turn: Turn): string {
  if (turn.answer.status === 'declined' || SAYS_NOTHING.test(turn.answer.text)) return '';
  return turn.answer.text.slice(0, ANSWER_READ);
}

/** The standalone question without the topic that was put behind it. */
function questionOf(turn: Turn): string {
  const topic = topicIn(turn);
  return topic === undefined ? turn.standaloneQuestion : turn.standaloneQuestion.replace(` (${topic})`, '');
}

/** The topic in brackets behind the standalone question, which the one who asked did not write. */
function topicIn(turn: Turn): string | undefined {
  const topic = / \(([^()]*)\)\?$/.exec(turn.standaloneQuestion)?.[1];
  return topic === undefined || turn.question.includes(topic) ? undefined : topic;
}

/** The mentions of one turn with their weights: the question's before the answer's, subjects before others. */
function weighed(turn: Turn): Omit<Candidate, 'age'>[] {
  const asked = mentionsIn(questionOf(turn), { nouns: true });
  const proper = asked.filter((mention) => mention.proper);
  const answered = mentionsIn(answerOf(turn), { nouns: false });
  const fresh = answered.find(
    (mention) =>
      mention.kind !== 'time' && mention.kind !== 'place' && !asked.some((one) => isSame(one, mention)),
  );
  const asksWho = ASKS_WHO.test(turn.standaloneQuestion) && !IS_NAME.test(turn.standaloneQuestion);
  const asksWhich = /\b(?:which|what) (?!is|was|are|were|do|did|does|has|had|have|else|happened)\w+/i.test(
    turn.standaloneQuestion,
  );
  const meansPerson =
    /\b(?:he|she|him|his|her)\b/i.test(turn.question) &&
    proper[0] !== undefined &&
    !turn.question.includes(proper[0].text);
  const carried = topicIn(turn);
  return [
    ...(carried === undefined ? [] : mentionsIn(carried, { nouns: true }).slice(0, 1)).map((mention) => ({
      mention,
      score: WEIGHTS.carried,
      central: true,
      asked: false,
    })),
    ...asked.map((mention) => {
      const first = mention === proper[0];
      const score = mention.proper ? (first ? WEIGHTS.firstInQuestion : WEIGHTS.inQuestion) : WEIGHTS.noun;
      const named = meansPerson && first ? asPerson(mention) : mention;
      return { mention: named, score, central: mention.proper, asked: true };
    }),
    ...answered.map((mention) => {
      if (asksWho && mention === fresh)
        return { mention: asPerson(mention), score: WEIGHTS.asked, central: true, asked: true };
      if (asksWhich && mention === fresh)
        return { mention, score: WEIGHTS.asked, central: true, asked: true };
      const score = mention.subject ? WEIGHTS.subjectInAnswer : WEIGHTS.inAnswer;
      return { mention, score, central: mention.subject, asked: false };
    }),
  ];
}

/** "Who succeeded Annan?", "Who is his father?": the answer brings in a person; "Who did he meet?" need not. */
const ASKS_WHO = /^\W*(?:\w+,? )?who(?:se)? (?!did|does|do|has|had|have|will|would|can|could|else)/i;

/** "Who is Manaf Tlas?" */
const IS_NAME = /\b[Ww]ho (?:is|was|are|were) (?:\p{Lu}[\p{L}.'’-]*[\s?]*)+$/u;

function asPerson(mention: Mention): Mention {
  return mention.kind === 'unknown' ? { ...mention, kind: 'person' } : mention;
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
