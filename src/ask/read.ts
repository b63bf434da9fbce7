import type { RatedSentence, ReadInput, Statement } from '../ports/reader.ts';
import { contentTerms } from './terms.ts';

/** At most this many sentences answer a question. */
const MOST_SENTENCES = 3;
/** A further sentence must be at least this likely relative to the best: log-odds at most this far behind. */
const FURTHER_WITHIN = 1.5;
/** Sentences sharing more than this share of their words say the same. */
const SAME_WORDS = 0.6;

/** The extractive reader: the one to three sentences that answer the question, verbatim, the most telling first. */
export async function* readExtractively({
  sentences,
  unanswered,
  note,
}: ReadInput): AsyncGenerator<Statement> {
  for (const sentence of selectSentences(sentences)) yield quoteWhole(sentence);
  for (const question of unanswered) note({ type: 'unanswered', question });
}

/** The best sentence and those nearly as good that add something to it. `sentences` come best first. */
function selectSentences(sentences: readonly RatedSentence[]): RatedSentence[] {
  const [best] = sentences;
  if (best === undefined) return [];
  const chosen: RatedSentence[] = [];
  for (const sentence of sentences) {
    if (chosen.length === MOST_SENTENCES || sentence.logOdds < best.logOdds - FURTHER_WITHIN) break;
    if (chosen.every((other) => !saysTheSame(sentence.text, other.text))) chosen.push(sentence);
  }
  return chosen;
}

function quoteWhole({ source, index, text }: RatedSentence): Statement {
  const span = source.passage.sentences[index];
  const quotes = span === undefined ? [] : [{ source, start: span.start, end: span.end }];
  return { text: text.replace(/\s+/g, ' '), quotes };
}

function saysTheSame(a: string, b: string): boolean {
  const first = new Set(contentTerms(a).map((term) => term.stem));
  const second = new Set(contentTerms(b).map((term) => term.stem));
  const shared = [...first].filter((stem) => second.has(stem)).length;
  return shared / Math.max(1, Math.min(first.size, second.size)) > SAME_WORDS;
}
