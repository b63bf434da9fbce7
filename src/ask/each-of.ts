import { STOP_WORDS } from './stop-words.ts';

const DETERMINER = `(?:(?:the|an?|its|their|his|her|our|your|my) )?`;
/** A name, or a single word. */
const THING = String.raw`(?:\p{Lu}[\p{L}\d'’.-]*(?: \p{Lu}[\p{L}\d'’-]*)*|\p{L}[\p{L}'’-]*)`;
/** After a verb that asks, or "of" and "for": "did the UN and the activists", "of the free and pro plans". */
const PAIR = new RegExp(
  String.raw`(?<=\b(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|may|might|must|of|for) )(?<first>${DETERMINER}${THING}) and (?<second>${DETERMINER}${THING})(?=\s|\W*$)`,
  'u',
);
/** Two that belong together. */
const TOGETHER =
  /\b(?:between|both|together|same|common|difference|differ|compare[ds]?|versus|each other|relationship)\b/i;

/** What a question asks of one thing. */
export interface AskedOf {
  readonly question: string;
  readonly thing: string;
}

/** A question about two things, asked of each: "How did the crew and the pilot escape?"; none where two cannot be told. */
export function eachOf(question: string): readonly AskedOf[] {
  const { first, second } = PAIR.exec(question)?.groups ?? {};
  if (first === undefined || second === undefined || TOGETHER.test(question)) return [];
  const things = [first, second];
  if (things.some((thing) => STOP_WORDS.has(thing.toLowerCase()))) return [];
  return things.map((thing) => ({ question: question.replace(`${first} and ${second}`, thing), thing }));
}
