import { Tokenizer } from '@huggingface/tokenizers';
import { IbidError } from '../../model/errors.ts';
import { type JsonObject, parseJsonObject } from './json-object.ts';

/** Turns text into the ids of its word pieces, without special tokens. */
export interface WordPieces {
  /** Id of `[CLS]`, which opens each text. */
  readonly begin: number;
  /** Id of `[SEP]`, which ends it. */
  readonly end: number;
  /** At most `limit` ids; what lies behind them is not even read. */
  encode(text: string, limit: number): number[];
  count(text: string): number;
}

/** Words whose pieces are remembered: text repeats its words, and the library takes some 10 µs for one. */
const REMEMBERED_WORDS = 50_000;
const LONGEST_REMEMBERED = 32;

/**
 * Makes a BERT tokeniser of a tokenizer.json. It works word by word, which changes nothing:
 * BERT splits at white space first, so no piece crosses it. Throws `config_invalid` for a tokeniser of another kind.
 */
export function createWordPieces(tokenizerJson: string): WordPieces {
  const tokenizer = new Tokenizer(parseTokenizer(tokenizerJson), {});
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
    begin: idOf(tokenizer, '[CLS]'),
    end: idOf(tokenizer, '[SEP]'),
    encode(text, limit) {
      const ids: number[] = [];
      for (const [word] of text.matchAll(WORD)) {
        if (ids.length >= limit) break;
        for (const id of encodeWord(word)) ids.push(id);
      }
      return ids.slice(0, Math.max(0, limit));
    },
    count(text) {
      let count = 0;
      for (const [word] of text.matchAll(WORD)) count += encodeWord(word).length;
      return count;
    },
  };
}

/** Parses a tokenizer.json. Throws `config_invalid` when it is not BERT's. */
export function parseTokenizer(tokenizerJson: string): JsonObject {
  const tokenizer = parseJsonObject(tokenizerJson, 'tokenizer.json');
  const kinds = ['model', 'normalizer', 'pre_tokenizer'].map((part) => kindOf(tokenizer[part]));
  if (kinds.join() === 'WordPiece,BertNormalizer,BertPreTokenizer') return tokenizer;
  throw new IbidError(
    'config_invalid',
    `The embedding model's tokenizer.json is of the kind ${kinds.join(', ')}; supported is BERT's: WordPiece, BertNormalizer, BertPreTokenizer. Choose such a model: XLM-RoBERTa, MPNet, Nomic and ModernBERT have other ones.`,
  );
}

function kindOf(part: unknown): string {
  if (typeof part !== 'object' || part === null) return 'none';
  if ('type' in part) return String(part.type);
  // Files written before 2021 name no type of model.
  return 'continuing_subword_prefix' in part && !('merges' in part) ? 'WordPiece' : 'none';
}

function idOf(tokenizer: Tokenizer, token: string): number {
  const id = tokenizer.token_to_id(token);
  if (id !== undefined) return id;
  throw new IbidError(
    'config_invalid',
    `The embedding model's tokenizer.json lacks ${token}. Get the model's files again.`,
  );
}

/** Separated only by characters that every BERT normaliser takes for white space. */
const WORD = /[^ \t\r\n]+/g;
