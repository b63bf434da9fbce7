import { asksForMore } from './answer-type.ts';
import type { Question } from './question.ts';
import { contentTerms } from './terms.ts';

const TAGS = /<\/?[a-z][^>]*>/gi;
/** A line of a table of contents, a badge. */
const LONE_LINK = /^\s*(?:[-*+>]\s+)*!?\[(?:[^[\]]|\[[^\]]*\]\([^)]*\))*\](?:\([^)]*\)|\[[^\]]*\])\s*$/;
const HTML_HEADING = /^\s*<h[1-6][\s>]/i;
/** "1.2 Tides ........ 14", or several lines of this kind: a table of contents. */
const LEADER = String.raw`(?:\.\s?){5,}\s*\d{1,4}[^\S\n]*`;
const CONTENTS = new RegExp(String.raw`^\s*\d+(?:\.\d+)*\.?\s.*${LEADER}$|${LEADER}\n[\s\S]*${LEADER}$`);
/** `:::tip`, which opens an admonition. */
const ADMONITION = /^:{3,}[^\n]*$/;

/**
 * Whether a sentence of a document says something that could answer a question: a question (an FAQ's heading, say) does not,
 * nor does what is only a heading, a link or a place to link to.
 */
export function isStatement(text: string): boolean {
  if (/\?["'”’)*_]*$/.test(text)) return false;
  if ([HTML_HEADING, LONE_LINK, ADMONITION, CONTENTS].some((empty) => empty.test(text))) return false;
  return /[\p{L}\p{N}]/u.test(text.replace(TAGS, ''));
}

const ENDED = /[.!?:;…。！？]["'”’)\]*_`]*$/;

/**
 * Whether words that make no sentence (a title, an item of a menu) only say again what is asked: "How lamps are lit" to
 * "How are lamps lit?". To a question for yes or no, or for one of two, they may be the answer.
 */
export function onlyRepeats(text: string, question: Question): boolean {
  if (ENDED.test(text) || !asksForMore(question.text) || /\bor\b/i.test(question.text)) return false;
  const terms = contentTerms(text);
  return terms.length > 1 && terms.every((term) => question.weights.has(term.stem));
}
