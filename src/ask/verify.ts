import type { Quote, Statement } from '../ports/reader.ts';

/**
 * Lets a statement pass only with quotes that prove it: each lies in a retrieved passage, and one of them says what the
 * statement says, word for word. Undefined when nothing proves it.
 */
export function verify(statement: Statement, retrieved: ReadonlySet<string>): Statement | undefined {
  const quotes = statement.quotes.filter(
    (quote) => retrieved.has(quote.source.passage.id) && liesWithin(quote),
  );
  const proven = quotes.some((quote) => oneLine(quoteText(quote)).includes(oneLine(statement.text)));
  return proven && statement.text.trim() !== '' ? { text: statement.text, quotes } : undefined;
}

/** The words of a quote, sliced from its passage. */
export function quoteText({ source: { passage }, start, end }: Quote): string {
  return passage.text.slice(start - passage.start, end - passage.start);
}

function liesWithin({ source: { passage }, start, end }: Quote): boolean {
  return passage.start <= start && start < end && end <= passage.end;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
