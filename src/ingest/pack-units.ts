import type { CountedSpan } from './cut-to-fit.ts';

/** A sentence or an atom, with where it stands. */
export interface TextUnit extends CountedSpan {
  readonly startsParagraph: boolean;
  /** It introduces the unit behind it, and stays with it where it can. */
  readonly introduces: boolean;
  readonly page?: number;
}

/** Passages shorter than this share of the target join a neighbour of their section when they can. */
const ORPHAN_SHARE = 0.25;

/**
 * Packs the units of one section into passages of about `target` tokens and never more than `budget`: whole paragraphs where
 * they fit, else sentences; a page begins a passage.
 */
export function packUnits(
  units: readonly TextUnit[],
  { target, budget }: { readonly target: number; readonly budget: number },
): TextUnit[][] {
  const packed: Packed[] = [];
  for (const paragraph of paragraphsOf(units)) {
    const current = packed.at(-1);
    const tokens = tokensOf(paragraph);
    const samePage = current?.units.at(-1)?.page === paragraph[0]?.page;
    const filled = current !== undefined && current.tokens > target / 2;
    if (current && samePage && current.tokens + tokens <= target) append(current, paragraph);
    else if (current && samePage && !filled) fill(packed, paragraph, target);
    else {
      packed.push({ units: [], tokens: 0 });
      fill(packed, paragraph, target);
    }
  }
  return joinOrphans(packed, target * ORPHAN_SHARE, budget).map((passage) => passage.units);
}

interface Packed {
  units: TextUnit[];
  tokens: number;
}

/** Paragraphs, which a new page ends as well. */
function paragraphsOf(units: readonly TextUnit[]): TextUnit[][] {
  const paragraphs: TextUnit[][] = [];
  for (const unit of units) {
    const current = paragraphs.at(-1);
    if (current && !unit.startsParagraph && current.at(-1)?.page === unit.page) current.push(unit);
    else paragraphs.push([unit]);
  }
  return paragraphs;
}

/** Adds units one by one, beginning a new passage whenever the target is reached. */
function fill(packed: Packed[], units: readonly TextUnit[], target: number): void {
  for (const unit of units) {
    const current = packed.at(-1);
    if (current && (current.units.length === 0 || current.tokens + unit.tokens <= target))
      append(current, [unit]);
    else {
      const opening = [...takeLead(current, target - unit.tokens), unit];
      packed.push({ units: opening, tokens: tokensOf(opening) });
    }
  }
}

/** Takes the last unit off a passage that goes on without it, when it introduces what comes next and there is room for it. */
function takeLead(passage: Packed | undefined, room: number): TextUnit[] {
  const last = passage?.units.at(-1);
  if (passage === undefined || last === undefined || passage.units.length === 1) return [];
  if (!last.introduces || last.tokens > room) return [];
  passage.units.pop();
  passage.tokens -= last.tokens;
  return [last];
}

function append(passage: Packed, units: readonly TextUnit[]): void {
  for (const unit of units) passage.units.push(unit);
  passage.tokens += tokensOf(units);
}

/** Joins each tiny passage to the one before it, or to the one behind it, on the same page if they fit the budget. */
function joinOrphans(packed: readonly Packed[], least: number, budget: number): Packed[] {
  const joined: Packed[] = [];
  for (const passage of packed) {
    const before = joined.at(-1);
    const tiny = passage.tokens < least || (before?.tokens ?? Infinity) < least;
    const samePage = before?.units[0]?.page === passage.units[0]?.page;
    if (before && tiny && samePage && before.tokens + passage.tokens <= budget) append(before, passage.units);
    else joined.push(passage);
  }
  return joined;
}

function tokensOf(units: readonly TextUnit[]): number {
  return units.reduce((sum, unit) => sum + unit.tokens, 0);
}
