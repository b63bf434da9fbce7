import type { Span } from '../model/document.ts';
import { oneLine } from '../model/one-line.ts';
import type { Passage } from '../model/passage.ts';

const OPENING = `^["'“‘(*_]*`;
/** What opens a sentence that points back to the one before it. */
const POINTS_BACK = new RegExp(
  String.raw`${OPENING}(?:he|she|it|they|his|her|its|their|this|these|those|such|both|(?:in|at|for|from|by|of|with) (?:this|that|these|those|such|it)|the (?:latter|former|same))\b(?!-)`,
  'i',
);
/** "It is possible that…": an `it` that stands for nothing. */
const EMPTY_IT = new RegExp(
  String.raw`${OPENING}it (?:is|was|has been|may be|might be) \w+ (?:that|to|who)\b`,
  'i',
);
/** What opens a sentence that goes on with what the one before it began to explain. */
const GOES_ON = new RegExp(
  String.raw`${OPENING}(?:however|also|moreover|furthermore|in addition|additionally|for (?:example|instance)|therefore|thus|hence|consequently|as a result|as such|then|later|afterwards?|instead|nevertheless|nonetheless|similarly|likewise|in turn|accordingly|meanwhile|others?|another|(?:first|second|third)(?:ly)?|finally)\b`,
  'i',
);
const ENDED = /[.!?…]["'”’)\]*_]*$/;
/** A row of a table, a heading, code. */
const NO_PROSE = /^\s*(?:\||#|`{3}|~{3}|<h\d)/i;
const BLANK_LINE = /\n[^\S\n]*\n/;

/** Whether a sentence points back to the one before it: "He was its last keeper" tells nobody who that was. */
export function leansBack(passage: Passage, index: number): boolean {
  return followsOn(passage, index, (text) => POINTS_BACK.test(text) && !EMPTY_IT.test(text));
}

/** Whether a sentence goes on with what the one before it says, so that an explanation is not complete without it. */
export function goesOn(passage: Passage, index: number): boolean {
  return followsOn(passage, index, (text) => POINTS_BACK.test(text) || GOES_ON.test(text));
}

/** Whether a sentence opens in such a way, and one of the same paragraph stands before it. */
function followsOn(passage: Passage, index: number, opens: (text: string) => boolean): boolean {
  const [before, own] = [passage.sentences[index - 1], passage.sentences[index]];
  if (before === undefined || own === undefined) return false;
  const slice = ({ start, end }: Span) => passage.text.slice(start - passage.start, end - passage.start);
  const previous = slice(before);
  if (!ENDED.test(previous) || NO_PROSE.test(previous)) return false;
  return !BLANK_LINE.test(slice({ start: before.end, end: own.start })) && opens(oneLine(slice(own)));
}
