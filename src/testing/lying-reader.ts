import type { StoredPassage } from '../ports/passage-store.ts';
import type { Quote, Reader, Statement } from '../ports/reader.ts';

/**
 * A reader as bad as a language model may be: for each passage it makes up a sentence, changes one, quotes the wrong stretch,
 * quotes out of bounds, quotes nothing, quotes what was never retrieved, and now and then says the truth.
 */
export const lyingReader: Reader = async function* ({ passages, question }) {
  for (const [index, source] of passages.entries()) {
    yield* lies(source, question);
    if (index % 2 === 0) yield* truths(source);
  }
};

function lies(source: StoredPassage, question: string): Statement[] {
  const { start, end, text } = source.passage;
  const whole: Quote = { source, start, end };
  const elsewhere: StoredPassage = { ...source, passage: { ...source.passage, id: 'psg_elsewhere' } };
  return [
    { text: `As everybody knows, ${question}`, quotes: [whole] },
    { text: `${text} Never before!`, quotes: [whole] },
    { text, quotes: [{ source, start, end: start + 1 }] },
    { text, quotes: [{ source, start, end: end + 5 }] },
    { text, quotes: [{ source, start: end, end: start }] },
    { text, quotes: [] },
    { text: ' ', quotes: [whole] },
    { text, quotes: [{ source: elsewhere, start, end }] },
  ].filter((lie) => text.length > 1 || lie.quotes[0]?.end !== start + 1);
}

function truths(source: StoredPassage): Statement[] {
  const { start, text, sentences } = source.passage;
  return sentences.slice(0, 1).map((sentence) => ({
    text: text.slice(sentence.start - start, sentence.end - start).replace(/\s+/g, ' '),
    quotes: [{ source, start: sentence.start, end: sentence.end }],
  }));
}
