import type { Span, Structure } from '../model/document.ts';
import { introduces } from '../model/introduces.ts';
import { cutToFit } from './cut-to-fit.ts';
import { contextOf } from './embedding-context.ts';
import { packUnits, type TextUnit } from './pack-units.ts';
import { type Section, sectionsOf } from './sections.ts';
import { splitSentences } from './sentences.ts';

/** Names what this splitter makes of a text; it changes whenever passages, sentences or contexts come out otherwise. */
export const SPLITTER_VERSION = '2';
/** Tokens that a passage aims at: small enough to be about one thing. */
export const TARGET_TOKENS = 180;
/** Tokens that a model adds itself: one at either end, and what parts context from text. */
const SPECIAL_TOKENS = 4;
/** However short the model's input is, a passage may have this many tokens. */
const LEAST_BUDGET = 16;

/** A passage without its ids; offsets are those of the document. `context` is what to embed with it. */
export interface PassageDraft extends Span {
  readonly text: string;
  readonly headings: readonly string[];
  readonly page?: number;
  readonly sentences: readonly Span[];
  readonly context: string;
}

export interface SplitOptions {
  /** The embedder's longest input, special tokens included. */
  readonly maxTokens: number;
  readonly countTokens: (text: string) => number;
  readonly targetTokens?: number;
}

/**
 * Cuts a document into passages that ascend, are disjoint and hold all its text but its headings (a heading with nothing
 * under it is a passage). A passage stays within a section and, where it can, within a page; it ends between sentences unless
 * one alone is longer than the embedder reads.
 */
export function splitDocument(
  document: { readonly text: string; readonly structure: Structure; readonly title: string },
  options: SplitOptions,
): PassageDraft[] {
  const { text, structure, title } = document;
  const pageAt = pageFinder(structure.pages);
  const drafts: PassageDraft[] = [];
  let firstAtom = 0;
  for (const section of sectionsOf(text, structure.headings)) {
    while ((structure.atoms[firstAtom]?.end ?? Infinity) <= section.start) firstAtom++;
    const context = contextOf(title, section.path, options);
    const budget = budgetOf(options, context);
    const units = unitsOf(text, section, structure.atoms, firstAtom, pageAt, { ...options, budget });
    const target = Math.min(budget, options.targetTokens ?? TARGET_TOKENS);
    for (const packed of packUnits(units, { target, budget })) {
      drafts.push(draftOf(text, packed, section.path, context));
    }
  }
  return drafts;
}

function budgetOf({ maxTokens, countTokens }: SplitOptions, context: string): number {
  return Math.max(LEAST_BUDGET, maxTokens - SPECIAL_TOKENS - countTokens(context));
}

/** Sentences and atoms of a section, none longer than the budget. What introduces a list or code shares its paragraph. */
function unitsOf(
  text: string,
  section: Section,
  atoms: readonly Span[],
  firstAtom: number,
  pageAt: (offset: number) => number | undefined,
  limits: { readonly budget: number; readonly countTokens: (text: string) => number },
): TextUnit[] {
  const units: TextUnit[] = [];
  const add = (span: Span): void => {
    const before = units.at(-1);
    const startsParagraph = before !== undefined && !before.introduces && isParted(text, before, span);
    cutToFit(text, span, limits).forEach((piece, index) => {
      const page = pageAt(piece.start);
      const opens = startsParagraph && index === 0;
      const kind = { startsParagraph: opens, introduces: introduces(text.slice(piece.start, piece.end)) };
      units.push({ ...piece, ...kind, ...(page === undefined ? {} : { page }) });
    });
  };
  const addProse = (start: number, end: number): void => {
    for (const sentence of splitSentences(text.slice(start, end))) {
      add({ start: start + sentence.start, end: start + sentence.end });
    }
  };
  let cursor = section.start;
  for (let at = firstAtom; at < atoms.length; at++) {
    const atom = atoms[at];
    if (atom === undefined || atom.start >= section.end) break;
    const start = Math.max(atom.start, cursor);
    const end = Math.min(atom.end, section.end);
    if (end <= start) continue;
    addProse(cursor, start);
    const whole = trimSpan(text, { start, end });
    if (whole.end > whole.start) add(whole);
    cursor = end;
  }
  addProse(cursor, section.end);
  return units;
}

/** Whether there is an empty line between two units. */
function isParted(text: string, before: Span, next: Span): boolean {
  return /\n[^\S\n]*\n/.test(text.slice(before.end, next.start));
}

function draftOf(
  text: string,
  units: readonly TextUnit[],
  headings: readonly string[],
  context: string,
): PassageDraft {
  const start = units[0]?.start ?? 0;
  const end = units.at(-1)?.end ?? start;
  const page = units[0]?.page;
  return {
    start,
    end,
    text: text.slice(start, end),
    headings,
    ...(page === undefined ? {} : { page }),
    sentences: units.map((unit) => ({ start: unit.start, end: unit.end })),
    context,
  };
}

function trimSpan(text: string, span: Span): Span {
  const piece = text.slice(span.start, span.end);
  const start = span.start + piece.length - piece.trimStart().length;
  return { start, end: start + piece.trim().length };
}

/** The page of an offset; offsets must be asked for in ascending order. */
function pageFinder(pages: Structure['pages']): (offset: number) => number | undefined {
  let next = 0;
  return (offset) => {
    while ((pages[next]?.start ?? Infinity) <= offset) next++;
    return pages[next - 1]?.number;
  };
}
