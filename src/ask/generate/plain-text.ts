import { normaliseText } from '../../model/normalise.ts';

/** In this order: a picture is a link with a mark before it, and only what is no link is emphasis. A link around a number is a marker. */
const MARKDOWN: readonly (readonly [RegExp, string])[] = [
  [/!\[[^\]]*\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])?/g, ''],
  [/(\[\d+\])\([^()]*(?:\([^()]*\)[^()]*)*\)/g, '$1'],
  [/\[([^\]]+)\]\([^()]*(?:\([^()]*\)[^()]*)*\)/g, '$1'],
  [/\[([^\]]*[^\]\d][^\]]*)\]\[[^\]]*\]/g, '$1'],
  [/<\/?[a-z][^<>]*>|<\|[^<>|]*\|>|<!--.*?-->/gi, ''],
  [/\*\*|__|~~|`/g, ''],
  [/(?<![\p{L}\p{N}*])\*(\S(?:[^*]*\S)?)\*(?![\p{L}\p{N}*])/gu, '$1'],
  [/(?<![\p{L}\p{N}_])_(\S(?:[^_]*\S)?)_(?![\p{L}\p{N}_])/gu, '$1'],
  [/\\([\\*_{}[\]()#+.!<>|~-])/g, '$1'],
];
/** A bullet, a number or a quotation mark of Markdown before the words of a line. */
const LINE_MARKS = /^\s*(?:>\s*)*(?:(?:[-*+•]|\d{1,2}[.)])\s+)?/;

/** A line of Markdown as plain text; markers such as [1] stay. */
export function plainLine(line: string): string {
  let text = normaliseText(line).replace(LINE_MARKS, '');
  for (const [pattern, replacement] of MARKDOWN) text = text.replace(pattern, replacement);
  return text
    .replace(/\s+/g, ' ')
    .replace(/ (?=[.,;!?](?:\s|$))/g, '')
    .trim();
}

/** Whether a line is no prose: a heading, a rule, a fence, the border of a table. */
export function isLayout(line: string): boolean {
  return /^\s*(?:#{1,6}\s.*|[-*_=|:\s]+|(?:```|~~~).*)$/.test(line);
}

/** What the prompts ask for where there is no answer; glued to a sentence it is neither. */
const SIGN = 'NO_ANSWER';
const ADDRESS = /:\/\/|www\.|\b(?:javascript|data|mailto|file|vbscript|tel):\S|\b[\w-]+\.[a-z]{2,}\/\S/i;
const MARKUP = /\]\(|\]:|!\[|<[a-z/!?|]/i;
const UNSEEN =
  /\p{Cc}|[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/u;

/** Why a sentence may not be shown wherever text is rendered: it could become a link or a picture, or hide something. */
export function riskOf(sentence: string): string | undefined {
  if (ADDRESS.test(sentence)) return 'an address may not stand in a sentence';
  if (MARKUP.test(sentence)) return 'markup may not stand in a sentence';
  if (UNSEEN.test(sentence)) return 'it has characters that nobody can see';
  if (sentence.includes(SIGN)) return `${SIGN} is no part of a sentence`;
  return undefined;
}
