import type { Turn } from '../../model/conversation.ts';
import { isSame, type Mention } from './mention.ts';
import { mentionsIn } from './mentions.ts';

/** A mention of one turn. */
export interface Weighed {
  readonly mention: Mention;
  /** How present it is; sums over turns. */
  readonly score: number;
  /** Seen as the one that a sentence is about, or in a question. */
  readonly central: boolean;
  /** Seen in a question, or the very thing that was asked for. */
  readonly asked: boolean;
}

/** A question's mentions weigh more than its answer's, and the first or the subject more than others. */
const WEIGHTS = {
  askedFor: 4,
  firstInQuestion: 3,
  inQuestion: 2,
  subjectInAnswer: 1.5,
  noun: 1.2,
  carried: 1,
  inAnswer: 0.5,
};
const ANSWER_READ = 600;
const SAYS_NOTHING =
  /^(?:i (?:do not|don['’]t|could not|couldn['’]t|cannot|can['’]t)|sorry|i['’]?a?m sorry|unfortunately,? i|the documents? (?:do|does|don)|there is no (?:document|information))/i;
/** "Who succeeded Annan?", "Who is his father?": the answer brings in a person; "Who did he meet?" need not. */
const ASKS_WHO = /^\W*(?:\w+,? )?who(?:se)? (?!did|does|do|has|had|have|will|would|can|could|else)/i;
/** "Which newspaper…", "what town…": the answer brings in one of the kind. */
const ASKS_WHICH = /\b(?:which|what) (?!is|was|are|were|do|did|does|has|had|have|else|happened)\w+/i;
/** "Who is Ada Lovelace?" */
const IS_NAME = /\b[Ww]ho (?:is|was|are|were) (?:\p{Lu}[\p{L}.'’-]*[\s?]*)+$/u;
const PERSON = /\b(?:he|she|him|his|her)\b/i;

/** What a turn speaks of: its question, its answer, and the topic that was put behind the question. */
export function mentionsOf(turn: Turn): Weighed[] {
  const inQuestion = mentionsIn(questionOf(turn), { nouns: true });
  return [...carriedInto(turn), ...ofQuestion(turn, inQuestion), ...ofAnswer(turn, inQuestion)];
}

/** The start of the answer; empty for a decline, whose words are no topic. */
export function answerOf(turn: Turn): string {
  if (turn.answer.status === 'declined' || SAYS_NOTHING.test(turn.answer.text)) return '';
  return turn.answer.text.slice(0, ANSWER_READ);
}

/** The standalone question without the topic that was put behind it. */
export function questionOf(turn: Turn): string {
  const topic = topicIn(turn);
  return topic === undefined ? turn.standaloneQuestion : turn.standaloneQuestion.replace(` (${topic})`, '');
}

/** The topic in brackets behind the standalone question, which the one who asked did not write. */
function topicIn(turn: Turn): string | undefined {
  const topic = / \(([^()]*)\)\?$/.exec(turn.standaloneQuestion)?.[1];
  return topic === undefined || turn.question.includes(topic) ? undefined : topic;
}

function carriedInto(turn: Turn): Weighed[] {
  const [mention] = mentionsIn(topicIn(turn) ?? '', { nouns: true });
  return mention === undefined ? [] : [{ mention, score: WEIGHTS.carried, central: true, asked: false }];
}

function ofQuestion(turn: Turn, mentions: readonly Mention[]): Weighed[] {
  const first = mentions.find((mention) => mention.proper);
  // What took the place of "he" or "she" was taken for a person then, and stays one.
  const meantPerson =
    first !== undefined && PERSON.test(turn.question) && !turn.question.includes(first.text);
  return mentions.map((mention) => {
    const named = mention === first ? WEIGHTS.firstInQuestion : WEIGHTS.inQuestion;
    return {
      mention: meantPerson && mention === first ? asPerson(mention) : mention,
      score: mention.proper ? named : WEIGHTS.noun,
      central: mention.proper,
      asked: true,
    };
  });
}

function ofAnswer(turn: Turn, inQuestion: readonly Mention[]): Weighed[] {
  const question = turn.standaloneQuestion;
  const mentions = mentionsIn(answerOf(turn), { nouns: false });
  const asksWho = ASKS_WHO.test(question) && !IS_NAME.test(question);
  const fresh = mentions.find(
    (mention) =>
      mention.kind !== 'time' && mention.kind !== 'place' && !inQuestion.some((one) => isSame(one, mention)),
  );
  return mentions.map((mention) => {
    if (mention === fresh && (asksWho || ASKS_WHICH.test(question))) {
      const named = asksWho ? asPerson(mention) : mention;
      return { mention: named, score: WEIGHTS.askedFor, central: true, asked: true };
    }
    const score = mention.subject ? WEIGHTS.subjectInAnswer : WEIGHTS.inAnswer;
    return { mention, score, central: mention.subject, asked: false };
  });
}

function asPerson(mention: Mention): Mention {
  return mention.kind === 'unknown' ? { ...mention, kind: 'person' } : mention;
}
