import { createRandom } from '../../eval/metrics/random.ts';
import type { BenchDocument, BenchText } from './bench-text.ts';

const VOCABULARY = 20_000;
const DOCUMENTS = 100_000;
const QUESTIONS = 2_000;
/** Questions use words from this rank on: the most common ones say nothing of a document. */
const RARE_RANK = 200;
const CONSONANTS = 'bcdfghjklmnprstvwz';
const VOWELS = 'aeiou';

/**
 * Text for machines without real text: words drawn by Zipf's law (a word's frequency falls as one over its rank),
 * in sentences of 6–24 words and documents of about 45. Made-up words are three tokens each, so a document is as long
 * for the model as 100 words of English. The same on every machine.
 */
export function generatedText(): BenchText {
  const words = makeVocabulary();
  return {
    name: 'generated text',
    key: `generated-2-${VOCABULARY}`,
    documents: async (from, count) =>
      numbers(from, Math.min(DOCUMENTS, from + count)).map((number) => makeDocument(words, number)),
    questions: async (count) =>
      numbers(0, Math.min(QUESTIONS, count)).map((number) => makeQuestion(words, number)),
  };
}

/** Every document has a seed of its own, so that any slice can be made alone. */
function makeDocument(words: readonly string[], number: number): BenchDocument {
  const random = createRandom(number + 1);
  const paragraphs = numbers(0, 1 + Math.floor(random() * 2)).map(() => {
    const sentences = numbers(0, 1 + Math.floor(random() * 3)).map(() => makeSentence(words, random));
    return sentences.join(' ');
  });
  const title = numbers(0, 3).map(() => capitalise(drawWord(words, random, RARE_RANK)));
  return { id: `generated-${number}`, title: title.join(' '), text: paragraphs.join('\n\n') };
}

function makeSentence(words: readonly string[], random: () => number): string {
  const length = 6 + Math.floor(random() * 19);
  const drawn = numbers(0, length).map((position) => {
    const word = drawWord(words, random, 0);
    return position < length - 1 && random() < 0.08 ? `${word},` : word;
  });
  return `${capitalise(drawn.join(' '))}.`;
}

/** A question in words of one document, as questions of people are. */
function makeQuestion(words: readonly string[], number: number): string {
  const random = createRandom(number + 1);
  const { text } = makeDocument(words, Math.floor(random() * 1_000));
  const known = [...new Set(text.toLowerCase().match(/[a-z]{5,}/g))];
  const start = Math.floor(random() * Math.max(1, known.length - 4));
  return `where is the ${known.slice(start, start + 4).join(' ')} of ${drawWord(words, random, RARE_RANK)}?`;
}

/** Inverse of the continuous Zipf law: the rank is `first · (last / first) ^ u`. */
function drawWord(words: readonly string[], random: () => number, from: number): string {
  const first = from + 1;
  const rank = Math.floor(first * (words.length / first) ** random());
  return words[Math.min(rank, words.length) - 1] ?? '';
}

/** Made-up words, short for common ones and longer for rare ones. */
function makeVocabulary(): string[] {
  const random = createRandom(1);
  const words = new Set<string>();
  while (words.size < VOCABULARY) {
    const syllables = 1 + Math.floor(Math.log10(words.size + 1) * 0.6 + random() * 1.5);
    words.add(
      numbers(0, syllables)
        .map(() => makeSyllable(random))
        .join(''),
    );
  }
  return [...words];
}

function makeSyllable(random: () => number): string {
  const end = random() < 0.5 ? pick(CONSONANTS, random) : '';
  return `${pick(CONSONANTS, random)}${pick(VOWELS, random)}${end}`;
}

function pick(letters: string, random: () => number): string {
  return letters.charAt(Math.floor(random() * letters.length));
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
