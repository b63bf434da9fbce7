import type { Candidate, Focus } from './focus.ts';
import { headOf, isSame, type Mention } from './mention.ts';
import { tokensOf } from './tokens.ts';
import { EMPTY_NOUNS, RELATIONAL } from './word-classes.ts';

/** What a pronoun stands for: `he`, `she`, either, `they`, `it`. */
export type Wanted = 'male' | 'female' | 'person' | 'several' | 'thing';

/** Least presence at which something is taken for what a pronoun means. */
const LEAST = 0.25;

/** What of the conversation the pronoun most likely means, other than what the question names itself. */
export function findAntecedent(wanted: Wanted, focus: Focus, named: readonly Mention[]): Mention | undefined {
  const asked = wanted === 'thing' ? askedFor(focus) : undefined;
  if (asked !== undefined && !named.some((one) => isSame(one, asked))) return asked;
  let best: Mention | undefined;
  let bestScore = LEAST;
  for (const candidate of candidatesFor(wanted, focus)) {
    const score = candidate.score * fitness(candidate, wanted);
    if (score <= bestScore || named.some((one) => isSame(one, candidate.mention))) continue;
    best = candidate.mention;
    bestScore = score;
  }
  return best;
}

function candidatesFor(wanted: Wanted, focus: Focus): readonly Candidate[] {
  return wanted === 'several' ? [...focus.candidates, ...pairsIn(focus)] : focus.candidates;
}

/** How well a mention suits a pronoun: 0 not at all. */
function fitness({ mention, age, central }: Candidate, wanted: Wanted): number {
  if (mention.kind === 'time') return 0;
  const near = age === 0 ? 1 : 0.3;
  switch (wanted) {
    case 'male':
    case 'female':
    case 'person':
      if (wanted !== 'person' && mention.gender !== undefined && mention.gender !== wanted) return 0;
      if (mention.kind === 'person') return mention.proper ? 1.5 : 0.5;
      return mention.proper && mention.kind === 'unknown' && central ? 1 : 0;
    case 'several':
      if (mention.plural) return isHollow(mention) ? 0 : mention.proper ? 2 : 2 * near;
      if (mention.kind === 'group') return mention.proper ? 1.5 : 1.5 * near;
      return mention.proper && central && (mention.kind === 'unknown' || mention.kind === 'thing') ? 0.5 : 0;
    case 'thing':
      if (mention.kind === 'person' || mention.plural) return 0;
      if (!mention.proper) return isHollow(mention) ? 0 : 3 * near;
      if (!central) return 0.3;
      return mention.kind === 'place' ? 0.5 : mention.kind === 'unknown' ? 0.4 : 1;
  }
}

/** "The result" or "the article", alone, names nothing. */
export function isHollow(mention: Mention): boolean {
  return !mention.proper && mention.words.every((word) => RELATIONAL.has(word) || EMPTY_NOUNS.has(word));
}

/** What the last question asked to be named, as the answer names it: "Which conference …?" — "the Taif conference". */
function askedFor(focus: Focus): Mention | undefined {
  const noun = /\b(?:which|what)\b(?: (?:is|was|were|are))?(?: the)?(?: (?:name|title) of)?/i.exec(
    focus.question,
  );
  if (noun === null || focus.answer === '') return undefined;
  const asked = focus.inQuestion.find((mention) => !mention.proper && mention.start >= noun.index);
  if (asked === undefined || asked.start > noun.index + noun[0].length + 6 || asked.kind === 'time')
    return undefined;
  const fresh = focus.inAnswer.filter(
    (mention) =>
      mention.kind !== 'time' &&
      mention.kind !== 'person' &&
      !focus.inQuestion.some((one) => isSame(one, mention)),
  );
  const titled = fresh.find((mention) => headOf(mention) === headOf(asked));
  return titled ?? (isAnswerItself(focus.answer) || fresh.length === 1 ? fresh[0] : undefined);
}

const SHORT = 6;

function isAnswerItself(answer: string): boolean {
  return tokensOf(answer).length <= SHORT;
}

/** "Zappa and the Mothers of Invention": neighbours joined by `and` are several. */
function pairsIn(focus: Focus): Candidate[] {
  const pairs: Candidate[] = [];
  for (const [text, mentions] of [
    [focus.question, focus.inQuestion],
    [focus.answer, focus.inAnswer],
  ] as const) {
    for (const [i, second] of mentions.entries()) {
      const first = mentions[i - 1];
      if (first === undefined || !first.proper || !second.proper) continue;
      if (!/^ (?:and|&) (?:the )?$/.test(text.slice(first.end, second.start))) continue;
      const joined = {
        ...second,
        text: `${first.text} and ${second.text}`,
        words: [...first.words, 'and', ...second.words],
      };
      pairs.push({
        mention: { ...joined, plural: true, start: first.start },
        score: 2,
        age: 0,
        central: true,
        asked: false,
      });
    }
  }
  return pairs;
}
