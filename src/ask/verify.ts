import { oneLine } from '../model/one-line.ts';
import type { Quote, Statement } from '../ports/reader.ts';

/**
 * Lets a statement pass only with quotes that prove it: each lies in a retrieved passage, and one of them says what the
 * statement says, word for word; or else they are those that were found to support it. Undefined when nothing proves it.
 */
export function verify(
  { text, quotes }: Statement,
  retrieved: ReadonlySet<string>,
  found: readonly Quote[] = [],
): Statement | undefined {
  if (text.trim() === '') return undefined;
  const isSound = (quote: Quote) => retrieved.has(quote.source.passage.id) && liesWithin(quote);
  const own = quotes.filter(isSound);
  if (own.some((quote) => oneLine(quoteText(quote)).includes(oneLine(text)))) return { text, quotes: own };
  const supporting = found.filter(isSound);
  return supporting.length > 0 ? { text, quotes: supporting } : undefined;
}

/** The words of a quote, sliced from its passage. */
export function quoteText({ source: { passage }, start, end }: Quote): string {
  return passage.text.slice(start - passage.start, end - passage.start);
}

function liesWithin({ source: { passage }, start, end }: Quote): boolean {
  return passage.start <= start && start < end && end <= passage.end;
}
