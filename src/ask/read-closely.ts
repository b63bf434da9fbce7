import type { CrossEncoder, ReadingText } from '../ports/cross-encoder.ts';
import type { StoredPassage } from '../ports/passage-store.ts';
import type { ScoredSentence } from './score-sentences.ts';
import type { ReadSentence } from './sentence-features.ts';

/** What the cross-encoder made of a sentence. */
export interface CloseReading {
  /** Log-odds of the best span of the sentence against "no answer here". */
  readonly span: number;
  /** Tokens that the answer takes. */
  readonly answerLength: number;
  /** Log-odds that the text around it answers. */
  readonly relevance: number;
}

export type CloseReadings = ReadonlyMap<ReadSentence, CloseReading>;

/** Characters read around a sentence, about 120 tokens. */
const WINDOW_CHARS = 550;
/** Characters read at once. A question that these leave open is read on, as far as the last. */
const ROUNDS = [1_200, 2_400, 3_600] as const;
/** A span as likely as this settles the question: log-odds. */
const SETTLED = 3;

/** Sentences of one passage, from `first` to `last`, that are read together. */
interface Window {
  readonly source: StoredPassage;
  readonly first: number;
  readonly last: number;
}

/**
 * Reads what lies around the best sentences word by word against the question, as much as the time allows. `sentences`
 * come best first.
 */
export async function readClosely(
  crossEncoder: CrossEncoder,
  question: string,
  sentences: readonly ScoredSentence[],
): Promise<CloseReadings> {
  const readings = new Map<ReadSentence, CloseReading>();
  for (const room of ROUNDS) {
    const windows = chooseWindows(sentences, readings, room);
    if (windows.length === 0) break;
    await readWindows(crossEncoder, question, windows, sentences, readings);
    if (Math.max(...[...readings.values()].map(({ span }) => span)) >= SETTLED) break;
  }
  return readings;
}

/** The surroundings of the best sentences not yet read, none twice, until `room` is used up. */
function chooseWindows(
  sentences: readonly ScoredSentence[],
  readings: CloseReadings,
  room: number,
): Window[] {
  const windows: Window[] = [];
  let used = 0;
  for (const sentence of sentences) {
    if (readings.has(sentence) || windows.some((window) => isWithin(window, sentence))) continue;
    const window = windowAround(sentence);
    used += charsOf(window);
    if (used > room && windows.length > 0) break;
    windows.push(window);
  }
  return windows;
}

async function readWindows(
  crossEncoder: CrossEncoder,
  question: string,
  windows: readonly Window[],
  sentences: readonly ReadSentence[],
  into: Map<ReadSentence, CloseReading>,
): Promise<void> {
  const read = await crossEncoder.read(question, windows.map(textOf));
  windows.forEach((window, i) => {
    const reading = read[i];
    for (const sentence of sentences) {
      const span = isWithin(window, sentence) ? reading?.sentences[sentence.index - window.first] : undefined;
      if (reading === undefined || span === undefined || into.has(sentence)) continue;
      into.set(sentence, { span: span.logOdds, answerLength: span.length, relevance: reading.relevance });
    }
  });
}

/** As many of the neighbours on both sides as have room. */
function windowAround({ source, index }: ReadSentence): Window {
  const { sentences } = source.passage;
  let window: Window = { source, first: index, last: index };
  for (let distance = 1; distance < sentences.length; distance++) {
    for (const next of [index + distance, index - distance]) {
      if (next < 0 || next >= sentences.length) continue;
      const wider = { source, first: Math.min(window.first, next), last: Math.max(window.last, next) };
      if (charsOf(wider) <= WINDOW_CHARS && wider.last - wider.first === window.last - window.first + 1)
        window = wider;
    }
  }
  return window;
}

function charsOf({ source, first, last }: Window): number {
  const { sentences } = source.passage;
  return (sentences[last]?.end ?? 0) - (sentences[first]?.start ?? 0);
}

function isWithin(window: Window, { source, index }: ReadSentence): boolean {
  return source === window.source && window.first <= index && index <= window.last;
}

function textOf({ source, first, last }: Window): ReadingText {
  const { passage, documentTitle } = source;
  const sentences = passage.sentences
    .slice(first, last + 1)
    .map(({ start, end }) => passage.text.slice(start - passage.start, end - passage.start));
  return { context: [...new Set([documentTitle, ...passage.headings.slice(-1)])].join('. '), sentences };
}
