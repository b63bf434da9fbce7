import { contextualise } from './contextualise.ts';
import { capitalise } from './letter-case.ts';
import { toldTurns } from './told-turns.ts';

const ASKS = String.raw`(?:who|whom|whose|what|where|when|why|how|which)\b`;
/** Where a second question begins: "…, and through which country". */
const SEAM = new RegExp(`,? and (?=(?:(?:at|by|for|from|in|of|on|through|to|with) )?${ASKS})`, 'i');
/** A question begins with a word that asks. */
const QUESTION = new RegExp(
  String.raw`^\W*(?:(?:at|by|for|from|in|of|on|to|with) )?(?:${ASKS}|(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b)`,
  'i',
);
/** What follows "between" and "both" is two things that belong together. */
const TOGETHER = /\b(?:between|both)\b/i;
/** Words of a whole question; in "when and where was he born" the first has fewer. */
const FEWEST = 3;

/** The questions that stand in one sentence, joined by "and", each so that it stands alone; the question itself when it is one. */
export function partsOf(question: string): readonly string[] {
  const seam = SEAM.exec(question);
  const first = question.slice(0, seam?.index).trim();
  if (seam === null || !QUESTION.test(first) || TOGETHER.test(first) || wordsIn(first) < FEWEST)
    return [question];
  const rest = question.slice(seam.index + seam[0].length).trim();
  if (wordsIn(rest) < FEWEST - 1) return [question];
  const opening = `${first}?`;
  const second = capitalise(rest);
  return [opening, contextualise(second, toldTurns([{ question: opening, answer: '' }]))];
}

function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}
