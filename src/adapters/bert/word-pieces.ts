import { Tokenizer } from '@huggingface/tokenizers';

/** Turns text into the ids of its word pieces, without special tokens. */
export interface WordPieces {
  /** At most `limit` ids; what lies behind them is not even read. */
  encode(text: string, limit: number): number[];
  count(text: string): number;
}

/** Words whose pieces are remembered: text repeats its words, and the library takes some 10 µs for one. */
const REMEMBERED_WORDS = 50_000;
const LONGEST_REMEMBERED = 32;

/**
 * Makes a BERT tokeniser of a tokenizer.json. It works word by word, which changes nothing:
 * BERT splits at white space first, so no piece crosses it.
 */
export function createWordPieces(tokenizerJson: string): WordPieces {
  const tokenizer = new Tokenizer(JSON.parse(tokenizerJson), {});
  const remembered = new Map<string, readonly number[]>();

  const encodeWord = (word: string): readonly number[] => {
    const known = remembered.get(word);
    if (known) return known;
    const { ids } = tokenizer.encode(word, { add_special_tokens: false });
    if (word.length > LONGEST_REMEMBERED) return ids;
    if (remembered.size >= REMEMBERED_WORDS) remembered.clear();
    remembered.set(word, ids);
    return ids;
  };

  return {
    encode(text, limit) {
      const ids: number[] = [];
      for (const [word] of text.matchAll(WORD)) {
        if (ids.length >= limit) break;
        for (const id of encodeWord(word)) ids.push(id);
      }
      return ids.slice(0, limit);
    },
    count(text) {
      let count = 0;
      for (const [word] of text.matchAll(WORD)) count += encodeWord(word).length;
      return count;
    },
  };
}

/** Separated only by characters that every BERT normaliser takes for white space. */
const WORD = /[^ \t\r\n]+/g;
