import type { StoredPassage } from '../ports/passage-store.ts';
import type { CheckSupport } from '../ports/support.ts';

/** A check so strict that a test can foresee it: a sentence is supported by the one that has all of its words. */
export const wordSupport: CheckSupport = async (sentence, { passages, cited = [] }) => {
  const wanted = wordsOf(sentence);
  const inOrder = [...cited.flatMap((index) => passages[index] ?? []), ...passages];
  for (const source of inOrder) {
    const span = source.passage.sentences.find((one) => {
      const there = new Set(wordsOf(textOf(source, one)));
      return wanted.length > 0 && wanted.every((word) => there.has(word));
    });
    if (span !== undefined) return { supported: true, quotes: [{ source, ...span }], score: 0.9 };
  }
  return { supported: false, reason: 'no sentence has all of its words' };
};

function textOf({ passage }: StoredPassage, { start, end }: { start: number; end: number }): string {
  return passage.text.slice(start - passage.start, end - passage.start);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
