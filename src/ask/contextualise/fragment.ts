import { capitalise, uncapitalise } from '../letter-case.ts';
import { findAntecedent } from './antecedent.ts';
import type { Focus } from './focus.ts';
import { withoutLead } from './lead.ts';
import { isSame, type Mention } from './mention.ts';
import { mentionsIn } from './mentions.ts';
import { placeIn } from './place.ts';
import { standIn } from './stand-in.ts';
import { tokensOf } from './tokens.ts';
import { isVerb } from './verbs.ts';
import { AUXILIARIES, PREPOSITIONS, QUESTION_WORDS } from './word-classes.ts';

const BARE_QUESTION =
  /^(?:(?:since|until|by|from) )?(?:when|why|where|how(?: long| often| far| so| come)?|(?:in|on|at|from|through|to|for|by|with) (?:which|what) \w+)(?: (?:exactly|not|to|from|was that|is that|did (?:it|that) happen))?$/i;
const ADVERBIAL = /^(?:when|why|where|how(?: (?:long|often|far))?|since when|in (?:which|what) \w+)\s/i;
const ARGUMENT =
  /^(?:who|whom|what|which(?: \w+){1,2}|what \w+|how (?:many|much)(?: \w+){1,2}) ((?:did|does|do|has|have|had|can|could|will|would|should) .+)$/i;
const YES_OR_NO = /^(?:did|does|do|was|were|is|are|has|have|had|can|could|will|would|should)\b/i;
const AFTER_THAT = /^(after|before|since|until|besides|apart from) (?:that|this|then|it)$/i;
const MOST_WORDS = 7;

/**
 * The whole question that a fragment stands for, in the frame of the last one: "Where does Tlas live?" — "And his
 * father?" asks where the father of Tlas lives. Undefined for what is no fragment or fits no frame.
 */
export function completeFragment(question: string, focus: Focus): string | undefined {
  const asked = withoutLead(question);
  const fragment = asked.replace(/[\s?.!,]+$/, '');
  if (BARE_QUESTION.test(fragment)) return inFrameOf(fragment, focus);
  if (!isNounPhrase(fragment)) return undefined;
  return (
    relative(fragment, focus) ??
    after(fragment, focus) ??
    (asked === question ? undefined : standIn(fragment, focus)) ??
    instead(fragment, focus)
  );
}

/** A phrase without a verb or a question word. */
export function isNounPhrase(fragment: string): boolean {
  const tokens = tokensOf(fragment);
  return (
    tokens.length > 0 &&
    tokens.length <= MOST_WORDS &&
    !tokens.some(
      (token, i) =>
        AUXILIARIES.has(token.word) ||
        QUESTION_WORDS.has(token.word) ||
        (i > 0 && !token.capital && isVerb(token.word) && !/^(?:the|an?)$/.test(tokens[i - 1]?.word ?? '')) ||
        /^i$/.test(token.word),
    )
  );
}

/** "And the religion of the general?", whose noun another has been put for. */
export function isDefinitePhrase(question: string): boolean {
  const phrase = withoutLead(question);
  return /^the\b/i.test(phrase) && isNounPhrase(phrase);
}

/** "What is the religion of Tlas?", "Who are his sons?" for a phrase alone. */
export function askOf(phrase: string): string {
  const bare = phrase.replace(/[\s?.!,]+$/, '');
  const asked = mentionsIn(bare, { nouns: true })[0];
  const lower = bare.replace(/^The\b/, 'the');
  return `${asked?.kind === 'person' ? 'Who' : 'What'} ${asked?.plural ? 'are' : 'is'} ${lower}?`;
}

/** "Why?" after "When did Tlas flee?": the same clause under another question word, where the clause is whole. */
function inFrameOf(asked: string, focus: Focus): string | undefined {
  const clause = withoutLead(focus.question)
    .replace(/\s*\([^)]*\)/g, '')
    .replace(/[\s?.!]+$/, '');
  const word = capitalise(asked.replace(/ (?:was that|is that|did (?:it|that) happen|exactly)$/i, ''));
  const adverbial = ADVERBIAL.exec(clause);
  const place = /^where\b/i.test(clause) && !/^where/i.test(word) ? placeIn(focus.answer) : undefined;
  if (adverbial !== null) return `${word} ${clause.slice(adverbial[0].length)}${place ? ` ${place}` : ''}?`;
  if (YES_OR_NO.test(clause)) return `${word} ${uncapitalise(clause)}?`;
  const argument = ARGUMENT.exec(clause);
  if (argument !== null) return `${word} ${withoutLooseEnd(argument[1] ?? '')}?`;
  return undefined;
}

/** What is left of "did Tlas travel through when he fled" once "which country" is gone: no preposition before a gap. */
function withoutLooseEnd(clause: string): string {
  return clause.replace(
    / (?:in|at|on|to|from|for|with|by|through|about|of)(?=$| (?:when|after|before|while|if|in|on|at)\b)/i,
    '',
  );
}

/** "His father", "the religion of the general": something of what is in focus. */
function relative(fragment: string, focus: Focus): string | undefined {
  const match = /^(his|her|its|their) (.+)$/i.exec(fragment);
  const owner = match && findAntecedent(OWNERS[match[1]?.toLowerCase() ?? ''] ?? 'thing', focus, []);
  if (!match || !owner) return undefined;
  const phrase = `the ${match[2]} of ${owner.text}`;
  const kind = mentionsIn(phrase, { nouns: true })[0]?.kind;
  const target = focus.inQuestion.find((mention) => isSame(mention, owner));
  if (target !== undefined && kind === 'person') return replace(focus.question, target, phrase);
  return askOf(phrase);
}

const OWNERS: Readonly<Record<string, 'male' | 'female' | 'thing' | 'several'>> = {
  his: 'male',
  her: 'female',
  its: 'thing',
  their: 'several',
};

/** "And after that?": after what the last answer named. */
function after(fragment: string, focus: Focus): string | undefined {
  const preposition = AFTER_THAT.exec(fragment)?.[1];
  const latest = focus.inAnswer.findLast((mention) => !focus.inQuestion.some((one) => isSame(one, mention)));
  if (preposition === undefined || latest === undefined) return undefined;
  return `${focus.question.replace(/(?: first)?[\s?.!]*$/, '')} ${preposition.toLowerCase()} ${latest.text}?`;
}

/** "And in Brazil?", "What about 2011?": the same question of another place, time or name. */
function instead(fragment: string, focus: Focus): string | undefined {
  const mentions = mentionsIn(fragment, { nouns: true });
  const named = mentions.find((mention) => mention.proper || mention.kind === 'time');
  if (named === undefined || mentions.length > 1) return undefined;
  if (named.kind !== 'time' && !/^\p{Lu}/u.test(fragment.slice(named.start))) return undefined;
  if (focus.inQuestion.some((mention) => mention.words.some((word) => named.words.includes(word))))
    return undefined;
  const opensWithPreposition = PREPOSITIONS.has(tokensOf(fragment)[0]?.word ?? '');
  const target =
    focus.inQuestion.find((mention) => mention.kind === named.kind && mention.kind !== 'thing') ??
    (named.kind === 'time' || opensWithPreposition
      ? undefined
      : focus.inQuestion.find((mention) => mention.proper && mention.kind !== 'time'));
  if (target !== undefined) return replace(focus.question, target, named.text);
  const asked = focus.question.replace(/[\s?.!]+$/, '');
  if (opensWithPreposition) return `${asked} ${uncapitalise(fragment)}?`;
  return named.kind === 'time' ? `${asked} in ${fragment}?` : undefined;
}

function replace(question: string, target: Mention, by: string): string {
  const article = target.text.startsWith('the ') && /\bthe $/i.test(question.slice(0, target.start)) ? 4 : 0;
  return question.slice(0, target.start - article) + by + question.slice(target.end);
}
