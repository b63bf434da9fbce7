import { kindOf } from './kind-of.ts';
import type { Mention } from './mention.ts';
import { endOfRun, isAdjective, opensWithName } from './name-run.ts';
import { type Token, tokensOf } from './tokens.ts';
import { isVerbAfter } from './verbs.ts';
import { AUXILIARIES, PREPOSITIONS } from './word-classes.ts';

/**
 * What `text` speaks of, in order: runs of words between stop words and verbs, `of` and what follows it included.
 * Names and, where `nouns` is set, common nouns as well.
 */
export function mentionsIn(text: string, options: { readonly nouns: boolean }): Mention[] {
  const tokens = tokensOf(text);
  const mentions: Mention[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const end = endOfRun(tokens, i, options.nouns);
    if (end === i || isAdjective(tokens, i, end)) continue;
    const mention = toMention(text, tokens, i, end, options.nouns);
    if (mention !== undefined) mentions.push(mention);
    i = end - 1;
  }
  return options.nouns ? mentions : mentions.filter((mention) => mention.proper);
}

function toMention(
  text: string,
  tokens: readonly Token[],
  from: number,
  to: number,
  asks: boolean,
): Mention | undefined {
  const run = tokens.slice(from, to);
  const first = run[0];
  const last = run.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const before = first.afterBreak ? undefined : tokens[from - 1];
  const written = text.slice(first.start, last.end).replace(/['’]s?$/u, '');
  const proper = run.some((token) => token.capital && (!token.opensSentence || opensWithName(tokens, from)));
  const plural = isPlural(run, before?.word === 'the');
  const kind = kindOf(run, before?.word);
  const article = articleOf(before?.word, proper || kind.kind === 'time', plural);
  return {
    text: `${article}${written}`.replace(/\s+/g, ' '),
    words: run.filter((token) => token.word !== 'the').map((token) => token.word),
    ...kind,
    plural,
    proper,
    subject: isSubject(tokens, from, to, asks),
    start: first.start,
    end: first.start + written.length,
  };
}

function isSubject(tokens: readonly Token[], from: number, to: number, asks: boolean): boolean {
  const first = tokens[from];
  const last = tokens[to - 1];
  const next = tokens[to];
  const before = first?.afterBreak ? undefined : tokens[from - 1];
  if (last?.possessive) return true;
  if (before !== undefined && PREPOSITIONS.has(before.word)) return false;
  if (first?.opensSentence || (asks && before !== undefined && AUXILIARIES.has(before.word))) return true;
  if (next === undefined || next.afterBreak) return false;
  return AUXILIARIES.has(next.word) || isVerbAfter({ capital: true }, next.word);
}

/** Common plurals, and names such as "the Eagles". */
function isPlural(run: readonly Token[], definite: boolean): boolean {
  const head = headOfRun(run);
  if (head === undefined || (head.capital && !definite)) return false;
  return /[^sui]s$|people$|children$|[^o]men$/.test(head.word);
}

function headOfRun(run: readonly Token[]): Token | undefined {
  const of = run.findIndex((token) => token.word === 'of');
  const last = run.at(-1);
  const whole = of <= 0 || (last?.capital === false && run[of - 1]?.capital === true);
  return whole ? last : run[of - 1];
}

function articleOf(before: string | undefined, proper: boolean, plural: boolean): string {
  if (before === 'the') return 'the ';
  return proper || plural ? '' : 'the ';
}
