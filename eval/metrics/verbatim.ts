/** The part of a citation that can be checked against its document. */
export interface QuotedSpan {
  /** UTF-16 offsets into the document's text, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/**
 * Whether the quote is, character for character, what stands at its place in the document.
 * A missing document or an empty quote is not verbatim. Source: invariant 1 of Ibid's design.
 */
export function isVerbatim(citation: QuotedSpan, documentText: string | undefined): boolean {
  if (documentText === undefined || citation.quote === '') return false;
  return documentText.slice(citation.start, citation.end) === citation.quote;
}
