import { normaliseText } from '../../model/normalise.ts';

/** Words with which chat templates part turns: a server may read them as such wherever they stand. */
const TURN_TOKENS = /<\||\|>|<<(?=\/?SYS)|\[(?=\/?INST\])|<(?=\/?s>|(?:start|end)_of_turn>)/gi;
/** The elements that the prompts part data with. */
const OWN_ELEMENTS = /<(?=\s*\/?\s*(?:passages?|question|conversation|sentence|system|user|assistant)\b)/gi;
/** What nobody sees but a model reads: direction marks, and the block of tags in which text can be hidden. */
const HIDDEN = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069]|[\u{e0000}-\u{e007f}]/gu;

/** Somebody's text for use within a prompt: nothing in it can end its element, open a turn, or hide. */
export function asData(text: string): string {
  return normaliseText(text)
    .replace(HIDDEN, '')
    .replace(TURN_TOKENS, (token) => `${token.charAt(0)} ${token.slice(1)}`)
    .replace(OWN_ELEMENTS, '‹')
    .trim();
}
