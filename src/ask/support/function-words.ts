import { isStop, setOf } from '../contextualise/word-classes.ts';

/** Verbs that a question's subject does not hang on, but that a statement does. */
const TELLING = setOf(
  'become became give given gave get got call called explain describe mean means let know like mention mentioned say says tell',
);
const JOINING = setOf(
  'unless whether although whereas while because since though despite except per neither never none nobody nothing nowhere anew again',
);

/** Whether a word only holds a sentence together and claims nothing. */
export function isFunctionWord(word: string): boolean {
  return JOINING.has(word) || (isStop(word) && !TELLING.has(word));
}
