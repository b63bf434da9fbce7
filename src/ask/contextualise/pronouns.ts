import { findAntecedent, type Wanted } from './antecedent.ts';
import type { Focus } from './focus.ts';
import type { Mention } from './mention.ts';
import { mentionsIn } from './mentions.ts';
import { type Token, tokensOf } from './tokens.ts';
import { AUXILIARIES, FEMALE_ROLES, isStop, MALE_ROLES, ROLES, setOf } from './word-classes.ts';

type Case = 'subject' | 'object' | 'possessive';

interface Pronoun {
  /** Offsets in the question. */
  readonly start: number;
  readonly end: number;
  readonly wanted: Wanted;
  readonly case: Case;
}

export interface Resolution {
  readonly text: string;
  /** What pronouns were replaced by. */
  readonly antecedents: readonly Mention[];
  /** Some pronoun points out of the question and nothing was found for it. */
  readonly open: boolean;
}

const FORMS: Readonly<Record<string, readonly [Wanted, Case]>> = {
  he: ['male', 'subject'],
  him: ['male', 'object'],
  his: ['male', 'possessive'],
  she: ['female', 'subject'],
  her: ['female', 'object'],
  hers: ['female', 'possessive'],
  it: ['thing', 'subject'],
  its: ['thing', 'possessive'],
  they: ['several', 'subject'],
  them: ['several', 'object'],
  their: ['several', 'possessive'],
  thier: ['several', 'possessive'],
  theirs: ['several', 'possessive'],
};

/** "Is it true that…", "what time is it?": an `it` that means nothing. */
const EMPTY_IT =
  /\bit (?:true|possible|legal|illegal|safe|necessary|important|common|normal|worth|likely|ok|okay|rain\w*|snow\w*)\b|\bit (?:take|takes|took|cost|costs) .*\bto\b|\b(?:is|was) it (?:that|\w+ (?:to|that|for))\b|\bwhat time is it\b|\bit (?:happen|occur|take place)\b/i;
const CLAUSE_WORDS = setOf('and but or if when because that after before while who which how then since as');

/** Puts what each pronoun means in its place, once for each that is meant; later ones then read on by themselves. */
export function resolvePronouns(question: string, focus: Focus): Resolution {
  const own = mentionsIn(question, { nouns: true });
  const tokens = tokensOf(question);
  const antecedents = new Map<Wanted, Mention>();
  let text = '';
  let copied = 0;
  let open = false;
  for (const pronoun of pronounsIn(question, tokens, focus)) {
    if (antecedents.has(pronoun.wanted) || boundInside(pronoun, own, tokens)) continue;
    const mention = findAntecedent(pronoun.wanted, focus, [...own, ...antecedents.values()]);
    if (mention === undefined) {
      open = true;
      continue;
    }
    antecedents.set(pronoun.wanted, mention);
    text +=
      question.slice(copied, pronoun.start) +
      inflect(definite(mention, question.slice(0, pronoun.start)), pronoun.case);
    copied = pronoun.end;
  }
  return { text: text + question.slice(copied), antecedents: [...antecedents.values()], open };
}

function pronounsIn(question: string, tokens: readonly Token[], focus: Focus): Pronoun[] {
  const pronouns: Pronoun[] = [];
  for (const [i, token] of tokens.entries()) {
    const role = roleAt(tokens, i, focus);
    if (role !== undefined) pronouns.push(role);
    const form = Object.hasOwn(FORMS, token.word) ? FORMS[token.word] : undefined;
    if (form === undefined || (token.word === 'it' && (EMPTY_IT.test(question) || token.written === 'IT')))
      continue;
    pronouns.push({
      start: token.start,
      end: token.end,
      wanted: form[0],
      case: caseOf(token, form[1], tokens, i),
    });
  }
  return pronouns;
}

/** "The general", "that actress", of which was spoken before: as good as a pronoun. */
function roleAt(tokens: readonly Token[], at: number, focus: Focus): Pronoun | undefined {
  const [article, noun, next] = tokens.slice(at, at + 3);
  if (article === undefined || noun === undefined || !/^(?:the|this|that)$/.test(article.word))
    return undefined;
  if (
    noun.capital ||
    noun.possessive ||
    (next !== undefined && !next.afterBreak && /^(?:of|who|that)$/.test(next.word))
  )
    return undefined;
  if (next?.capital || !focus.stems.has(noun.stem)) return undefined;
  const wanted = FEMALE_ROLES.has(noun.word)
    ? 'female'
    : MALE_ROLES.has(noun.word)
      ? 'male'
      : ROLES.has(noun.word)
        ? 'person'
        : undefined;
  return wanted && { start: article.start, end: noun.end, wanted, case: 'object' };
}

/** `her` before a noun is possessive; `it` after a verb or preposition is an object. */
function caseOf(token: Token, usual: Case, tokens: readonly Token[], at: number): Case {
  const next = tokens[at + 1];
  if (token.word === 'her' && next !== undefined && !next.afterBreak && !isStop(next.word))
    return 'possessive';
  if (token.word !== 'it') return usual;
  const before = tokens[at - 1];
  return before === undefined || AUXILIARIES.has(before.word) || CLAUSE_WORDS.has(before.word)
    ? 'subject'
    : 'object';
}

/** Whether something earlier in the same question is what the pronoun means. */
function boundInside(pronoun: Pronoun, own: readonly Mention[], tokens: readonly Token[]): boolean {
  const between = own.some(
    (mention) => mention.end <= pronoun.start && hasClauseBreak(mention.end, pronoun.start, tokens),
  );
  if (between && !tokens.some((token) => token.capital && !token.opensSentence)) return true;
  const earlier = own.filter((mention) => mention.end <= pronoun.start && fits(mention, pronoun.wanted));
  if (
    earlier.length === 0 ||
    (pronoun.case === 'object' && pronoun.wanted !== 'thing' && pronoun.wanted !== 'several')
  )
    return false;
  if (pronoun.case === 'possessive' || pronoun.wanted === 'male' || pronoun.wanted === 'female') return true;
  return hasClauseBreak(earlier.at(-1)?.end ?? 0, pronoun.start, tokens);
}

function hasClauseBreak(from: number, to: number, tokens: readonly Token[]): boolean {
  return tokens.some(
    (token) => token.start >= from && token.start <= to && (token.afterBreak || CLAUSE_WORDS.has(token.word)),
  );
}

function fits(mention: Mention, wanted: Wanted): boolean {
  if (mention.kind === 'time') return false;
  if (wanted === 'several') return mention.plural || mention.kind === 'group';
  if (wanted === 'thing') return mention.kind !== 'person' && !mention.plural;
  if (mention.gender !== undefined && wanted !== 'person') return mention.gender === wanted;
  return mention.kind === 'person' || (mention.proper && mention.kind === 'unknown');
}

/** "How many of them": of the people, where `people` would do elsewhere. */
function definite(mention: Mention, before: string): string {
  return mention.plural && !mention.proper && /\bof $/.test(before) && !mention.text.startsWith('the ')
    ? `the ${mention.text}`
    : mention.text;
}

function inflect(text: string, grammaticalCase: Case): string {
  if (grammaticalCase !== 'possessive') return text;
  return /[^s]s$/.test(text) && /^the /.test(text) ? `${text}'` : `${text}'s`;
}
