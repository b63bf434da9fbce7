const TAGS = /<\/?[a-z][^>]*>/gi;
/** A line of a table of contents, a badge. */
const LONE_LINK = /^\s*(?:[-*+>]\s+)*!?\[(?:[^[\]]|\[[^\]]*\]\([^)]*\))*\](?:\([^)]*\)|\[[^\]]*\])\s*$/;
const HTML_HEADING = /^\s*<h[1-6][\s>]/i;
/** `:::tip`, which opens an admonition. */
const ADMONITION = /^:{3,}[^\n]*$/;

/**
 * Whether a sentence of a document says something that could answer a question: a question (an FAQ's heading, say) does not,
 * nor does what is only a heading, a link or a place to link to.
 */
export function isStatement(text: string): boolean {
  if (/\?["'”’)*_]*$/.test(text)) return false;
  if ([HTML_HEADING, LONE_LINK, ADMONITION].some((empty) => empty.test(text))) return false;
  return /[\p{L}\p{N}]/u.test(text.replace(TAGS, ''));
}
