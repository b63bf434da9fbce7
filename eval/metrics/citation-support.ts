import { commonRun } from './common-run.ts';
import { answerTokens } from './normalise-answer.ts';

/** A gold text and the documents that it may stand in. */
export interface GoldSpan {
  readonly docIds: readonly string[];
  readonly text: string;
}

export interface CitedQuote {
  readonly docId: string;
  readonly quote: string;
}

/** How much of a gold span (or, for precision, of a quote) has to be shared for one to support the other… */
const SUPPORT_SHARE = 0.5;
/** …and in how many tokens at least; of a shorter text, all. Half of "October 1973" supports nothing. */
const SUPPORT_TOKENS = 4;

/**
 * Whether `quote` covers the gold span: same document, and at least half of the gold's normalised tokens in one run.
 * Both are copied from the document, so where they overlap the run is unbroken; scattered common words make none.
 */
export function covers(citation: CitedQuote, gold: GoldSpan): boolean {
  return gold.docIds.includes(citation.docId) && sharesEnough(gold.text, citation.quote);
}

/**
 * Share of citations that support a gold span: they cover it, or lie in it by at least half of their own tokens.
 * Undefined without citations or gold.
 * After ALCE citation precision (Gao et al. 2023), with overlap to human-marked spans in place of an entailment model.
 */
export function citationPrecision(
  citations: readonly CitedQuote[],
  golds: readonly GoldSpan[],
): number | undefined {
  if (citations.length === 0 || golds.length === 0) return undefined;
  const supporting = citations.filter((citation) =>
    golds.some((gold) => covers(citation, gold) || liesIn(citation, gold)),
  );
  return supporting.length / citations.length;
}

/**
 * Share of the gold spans that a citation covers; undefined without gold, 0 without citations.
 * After ALCE citation recall (Gao et al. 2023), with overlap to human-marked spans in place of an entailment model.
 */
export function citationRecall(
  citations: readonly CitedQuote[],
  golds: readonly GoldSpan[],
): number | undefined {
  if (golds.length === 0) return undefined;
  const covered = golds.filter((gold) => citations.some((citation) => covers(citation, gold)));
  return covered.length / golds.length;
}

/** Share of the citations that point into a relevant document; undefined without citations or relevant documents. */
export function documentPrecision(
  citations: readonly CitedQuote[],
  relevant: ReadonlySet<string>,
): number | undefined {
  if (citations.length === 0 || relevant.size === 0) return undefined;
  return citations.filter((citation) => relevant.has(citation.docId)).length / citations.length;
}

/** Share of the relevant documents that are cited; undefined where nothing is relevant. */
export function documentRecall(
  citations: readonly CitedQuote[],
  relevant: ReadonlySet<string>,
): number | undefined {
  if (relevant.size === 0) return undefined;
  const cited = new Set(citations.map((citation) => citation.docId));
  return [...relevant].filter((id) => cited.has(id)).length / relevant.size;
}

function liesIn(citation: CitedQuote, gold: GoldSpan): boolean {
  return gold.docIds.includes(citation.docId) && sharesEnough(citation.quote, gold.text);
}

function sharesEnough(part: string, whole: string): boolean {
  const tokens = answerTokens(part);
  const needed = Math.max(Math.min(SUPPORT_TOKENS, tokens.length), tokens.length * SUPPORT_SHARE);
  return tokens.length > 0 && commonRun(tokens, answerTokens(whole)) >= needed;
}
