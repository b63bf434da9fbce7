import type { QuotedSpan } from '../metrics/verbatim.ts';

/** The first `count` sentences of a text as spans without surrounding white space. */
export function firstSentences(text: string, count: number): QuotedSpan[] {
  const spans: QuotedSpan[] = [];
  for (const { segment, index } of new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)) {
    const quote = segment.trim();
    if (quote === '') continue;
    const start = index + segment.indexOf(quote);
    spans.push({ start, end: start + quote.length, quote });
    if (spans.length === count) break;
  }
  return spans;
}
