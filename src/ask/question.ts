import { type AnswerType, answerTypeOf } from './answer-type.ts';
import { STOP_WORDS } from './stop-words.ts';
import { contentTerms, type Term, termsOf } from './terms.ts';

/** A question taken apart once, for everything that reads sentences against it. */
export interface Question {
  readonly text: string;
  readonly type: AnswerType;
  /** Folded words, all of them. */
  readonly words: ReadonlySet<string>;
  /** Stems of the content words, each once, with how telling each is (inverse document frequency, ≥ 0). */
  readonly weights: ReadonlyMap<string, number>;
  /** Stems of names and numbers among the content words. */
  readonly entities: ReadonlySet<string>;
  /** Neighbouring content stems. */
  readonly pairs: readonly (readonly [string, string])[];
  /** How many passages may answer it. */
  readonly passages: number;
}

/** How often stems occur in the indexed passages. */
export interface CorpusStatistics {
  readonly passages: number;
  readonly frequencies: ReadonlyMap<string, number>;
}

/** Takes a question apart; `statistics` weigh its words. */
export function analyseQuestion(text: string, statistics: CorpusStatistics): Question {
  const content = contentTerms(text);
  const weights = new Map<string, number>();
  for (const term of content) weights.set(term.stem, inverseDocumentFrequency(term.stem, statistics));
  return {
    text,
    type: answerTypeOf(text),
    words: new Set(termsOf(text).map((term) => term.word)),
    weights,
    entities: new Set(content.filter((term) => isEntity(term, text)).map((term) => term.stem)),
    pairs: content.slice(1).map((term, i) => [content[i]?.stem ?? '', term.stem] as const),
    passages: statistics.passages,
  };
}

/** BM25's idf (Robertson, Zaragoza 2009), which stays positive. */
function inverseDocumentFrequency(stem: string, { passages, frequencies }: CorpusStatistics): number {
  const frequency = Math.min(frequencies.get(stem) ?? 0, passages);
  return Math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5));
}

function isEntity(term: Term, text: string): boolean {
  if (/^\p{N}/u.test(term.word)) return true;
  return (
    /^\p{Lu}/u.test(term.written) &&
    term.start > 0 &&
    !STOP_WORDS.has(term.word) &&
    text !== text.toUpperCase()
  );
}
