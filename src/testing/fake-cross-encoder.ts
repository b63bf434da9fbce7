import type { CrossEncoder, ReadingText } from '../ports/cross-encoder.ts';

export interface FakeCrossEncoder extends CrossEncoder {
  /** The texts of each call to `read`. */
  readonly calls: ReadingText[][];
}

/** A cross-encoder that gives a sentence the log-odds that `rate` says, and a text those of its best sentence. */
export function createFakeCrossEncoder(
  rate: (question: string, sentence: string) => number,
): FakeCrossEncoder {
  const calls: ReadingText[][] = [];
  return {
    id: 'fake-cross-encoder',
    calls,
    async read(question, texts) {
      calls.push([...texts]);
      return texts.map((text) => {
        const sentences = text.sentences.map((sentence) => ({
          logOdds: rate(question, sentence),
          length: 1,
        }));
        return { relevance: Math.max(...sentences.map(({ logOdds }) => logOdds)), sentences };
      });
    },
  };
}
