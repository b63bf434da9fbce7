import type { RatedSentence, ReadInput, Statement } from '../ports/reader.ts';
import { asksYesOrNo } from './answer-type.ts';
import {
  continued,
  type Excerpt,
  excerptOf,
  isCode,
  isPresentable,
  joined,
  withoutMarks,
  wordsOf,
} from './excerpt.ts';
import { contentTerms } from './terms.ts';
import { quoteText } from './verify.ts';

/** At most this many sentences answer a question, each with what it cannot be understood without. */
const MOST_SENTENCES = 3;
/** A sentence of another passage must be at least this likely relative to the best: log-odds at most this far behind. */
const ELSEWHERE_WITHIN = 1.25;
/**
 * One of a passage that is quoted already may lie farther behind, and the farther the longer the answer is: an explanation goes
 * on over several sentences, of which none but the first seems to answer. Log-odds, the growth per e-fold of the tokens.
 */
const BESIDE_WITHIN = { atLeast: 1.75, growth: 0.85 } as const;
/** Tokens of an answer that is short, and from how many on it is an explanation. */
const ANSWER_LENGTH = { short: 3, long: 5 } as const;
/** Only these are answered by code alone. */
const ASKS_FOR_CODE = /\b(?:how|example|code|snippet|syntax)\b/i;
/** Sentences sharing more than this share of their words say the same. */
const SAME_WORDS = 0.6;

/** The extractive reader: the one to three sentences that answer the question, verbatim, the most telling first. */
export async function* readExtractively({
  question,
  sentences,
  unanswered,
  note,
}: ReadInput): AsyncGenerator<Statement> {
  for (const chosen of selectSentences(question, sentences)) yield* statementsOf(chosen);
  for (const question of unanswered) note({ type: 'unanswered', question });
}

interface Chosen {
  readonly sentence: RatedSentence;
  readonly excerpt: Excerpt;
}

/** The best sentence and those nearly as good that add something to it. `sentences` come best first. */
function selectSentences(question: string, sentences: readonly RatedSentence[]): Chosen[] {
  const choice = presentable(question, sentences);
  const best = choice[0]?.logOdds ?? 0;
  const length = asksYesOrNo(question) ? 0 : (choice[0]?.answerLength ?? 0);
  const beside = besideWithin(length);
  const chosen: Chosen[] = [];
  for (const sentence of choice) {
    if (chosen.length === MOST_SENTENCES) break;
    const isBeside = chosen.some((other) => samePassage(other.sentence, sentence));
    if (sentence.logOdds < best - (isBeside ? beside : ELSEWHERE_WITHIN)) continue;
    const excerpt = excerptFor(sentence, length);
    if (excerpt !== undefined) add({ sentence, excerpt }, chosen);
  }
  return chosen;
}

/** Those that can be shown, if any can. */
function presentable(question: string, sentences: readonly RatedSentence[]): readonly RatedSentence[] {
  const takesCode = ASKS_FOR_CODE.test(question);
  const shown = sentences.filter(({ text }) => isPresentable(text) && (takesCode || !isCode(text)));
  return shown.length > 0 ? shown : sentences;
}

/** How far behind the best a sentence of the same passage may lie. */
function besideWithin(answerLength: number): number {
  const { atLeast, growth } = BESIDE_WITHIN;
  return atLeast + growth * Math.log(Math.max(1, answerLength / ANSWER_LENGTH.short));
}

function excerptFor(
  { source: { passage }, index }: RatedSentence,
  answerLength: number,
): Excerpt | undefined {
  const excerpt = excerptOf(passage, index);
  return excerpt && answerLength >= ANSWER_LENGTH.long ? continued(passage, excerpt) : excerpt;
}

/** Makes one of what overlaps, and leaves out what says the same. */
function add(next: Chosen, chosen: Chosen[]): void {
  const at = chosen.findIndex((other) => overlaps(next, other));
  const other = chosen[at];
  if (other !== undefined) chosen[at] = { ...other, excerpt: joined(other.excerpt, next.excerpt) };
  else if (!chosen.some(({ sentence }) => saysTheSame(sentence.text, next.sentence.text))) chosen.push(next);
}

function overlaps(one: Chosen, other: Chosen): boolean {
  if (!samePassage(one.sentence, other.sentence)) return false;
  return one.excerpt.first <= other.excerpt.last && other.excerpt.first <= one.excerpt.last;
}

function samePassage(one: RatedSentence, other: RatedSentence): boolean {
  return one.source.passage.id === other.source.passage.id;
}

/** What is quoted, sentence by sentence, each proven by all of the quote; what has lines is told whole. */
function statementsOf({ sentence: { source }, excerpt }: Chosen): Statement[] {
  const { start, end, hasLines, first, last } = excerpt;
  const quotes = [{ source, start, end }];
  if (hasLines) return [{ text: wordsOf(quoteText({ source, start, end }), excerpt), quotes }];
  const spans = Array.from({ length: last - first + 1 }, (_, i) => withoutMarks(source.passage, first + i));
  return spans.map((span) => ({ text: wordsOf(quoteText({ source, ...span }), excerpt), quotes }));
}

function saysTheSame(a: string, b: string): boolean {
  const first = new Set(contentTerms(a).map((term) => term.stem));
  const second = new Set(contentTerms(b).map((term) => term.stem));
  const shared = [...first].filter((stem) => second.has(stem)).length;
  return shared / Math.max(1, Math.min(first.size, second.size)) > SAME_WORDS;
}
