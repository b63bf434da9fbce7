/** Tokens of title and headings that are embedded with each passage. */
const CONTEXT_TOKENS = 32;

/**
 * What is embedded with the passages of a section: the document's title and the headings above, in at most 32 tokens.
 * The innermost heading and the title are kept longest.
 */
export function contextOf(
  title: string,
  headings: readonly string[],
  { countTokens }: { readonly countTokens: (text: string) => number },
): string {
  const parts = [...new Set([title, ...headings].map((part) => part.trim()).filter((part) => part !== ''))];
  while (parts.length > 2 && countTokens(join(parts)) > CONTEXT_TOKENS) parts.splice(1, 1);
  if (countTokens(join(parts)) <= CONTEXT_TOKENS) return join(parts);
  const share = Math.floor(CONTEXT_TOKENS / parts.length);
  return join(parts.map((part) => firstWords(part, share, countTokens)).filter((part) => part !== ''));
}

function join(parts: readonly string[]): string {
  return parts.join(' > ');
}

/** The longest beginning of `text`, in whole words, that has at most `limit` tokens. */
function firstWords(text: string, limit: number, countTokens: (text: string) => number): string {
  const words: string[] = [];
  let tokens = 0;
  for (const [word] of text.matchAll(/\S+/g)) {
    tokens += countTokens(word);
    if (tokens > limit) break;
    words.push(word);
  }
  return words.join(' ');
}
