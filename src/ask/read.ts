import type { RatedSentence, ReadInput, Statement } from '../ports/reader.ts';
import { type Excerpt, excerptOf, isCode, isPresentable, wordsOf } from './excerpt.ts';
import { contentTerms } from './terms.ts';
import { quoteText } from './verify.ts';

/** At most this many sentences answer a question. */
const MOST_SENTENCES = 3;
/** A further sentence must be at least this likely relative to the best: log-odds at most this far behind. */
const FURTHER_WITHIN = 1.75;
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
  for (const chosen of selectSentences(question, sentences)) yield quote(chosen);
  for (const question of unanswered) note({ type: 'unanswered', question });
}

interface Chosen {
  readonly sentence: RatedSentence;
  readonly excerpt: Excerpt;
}

/** The best sentence and those nearly as good that add something to it. `sentences` come best first. */
function selectSentences(question: string, sentences: readonly RatedSentence[]): Chosen[] {
  const takesCode = ASKS_FOR_CODE.test(question);
  const presentable = sentences.filter(({ text }) => isPresentable(text) && (takesCode || !isCode(text)));
  const choice = presentable.length > 0 ? presentable : sentences;
  const best = choice[0]?.logOdds ?? 0;
  const chosen: Chosen[] = [];
  for (const sentence of choice) {
    if (chosen.length === MOST_SENTENCES || sentence.logOdds < best - FURTHER_WITHIN) break;
    const excerpt = excerptOf(sentence.source.passage, sentence.index);
    if (excerpt === undefined) continue;
    const next = { sentence, excerpt };
    if (chosen.every((other) => !overlaps(next, other) && !saysTheSame(sentence.text, other.sentence.text)))
      chosen.push(next);
  }
  return chosen;
}

function overlaps(one: Chosen, other: Chosen): boolean {
  if (one.sentence.source.passage.id !== other.sentence.source.passage.id) return false;
  return one.excerpt.first <= other.excerpt.last && other.excerpt.first <= one.excerpt.last;
}

function quote({ sentence: { source }, excerpt }: Chosen): Statement {
  const { start, end } = excerpt;
  return { text: wordsOf(quoteText({ source, start, end }), excerpt), quotes: [{ source, start, end }] };
}

function saysTheSame(a: string, b: string): boolean {
  const first = new Set(contentTerms(a).map((term) => term.stem));
  const second = new Set(contentTerms(b).map((term) => term.stem));
  const shared = [...first].filter((stem) => second.has(stem)).length;
  return shared / Math.max(1, Math.min(first.size, second.size)) > SAME_WORDS;
}
