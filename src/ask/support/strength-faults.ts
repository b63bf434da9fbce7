import type { Fault } from './faults.ts';
import type { Reading } from './reading.ts';

/** Words that make a claim stronger, and those of which one must then stand in the evidence. */
const STRONG: readonly (readonly [RegExp, RegExp])[] = [
  [
    /(?<!\bat |\bafter |\bnot )\b(?:all|every|everyone|everybody|everything|entirely|completely|always)\b/i,
    /\b(?:all|every\w*|each|any\w*|entire\w*|whole|complete\w*|full\w*|always|no|none|never|both|throughout)\b/i,
  ],
  [
    /(?<!\bnot )\b(?:only|solely|exclusively|sole)\b/i,
    /\b(?:only|solely|exclusively|just|alone|merely|sole|single|nothing but|no other|never|but)\b/i,
  ],
  [
    /\b(?:most of|a majority of|mostly|mainly)\b/i,
    /\b(?:most|majority|mostly|mainly|chiefly|largely|primarily|principal\w*)\b/i,
  ],
];
const HEDGED =
  /\b(?:may|might|perhaps|possibly|maybe|if|unless|whether|rumou?rs?|rumou?red|allegedly|supposedly|could)\b/i;
const HEDGES =
  /\b(?:may|might|could|can|would|should|perhaps|possibly|possible|possibility|maybe|potential|potentially|likely|if|unless|whether|when|should|rumou?rs?|rumou?red|allegedly|supposedly|reported|reportedly|expected|thought|think|believe\w*|possibil\w+|chance|risk|fear\w*|warn\w*|suggest\w*|hope\w*|said to|depend\w*|conditional|only|unclear|until|except|provided)\b/i;
/** Words between a hedge and the word that it makes uncertain. */
const REACH = 3;

/** Claims that say more than the evidence: for all where it speaks of some, for certain where it says "might". */
export function strengthFaults(claim: Reading, told: Reading): Fault[] {
  const strong = STRONG.flatMap(([claimed, borne]): Fault[] => {
    const word = claimed.exec(claim.text)?.[0];
    return word === undefined || borne.test(told.text)
      ? []
      : [{ kind: 'strength', reason: `"${word}" is not in the passage` }];
  });
  const certain = HEDGES.test(claim.text) ? undefined : hedgedWord(claim, told);
  if (certain === undefined) return strong;
  return [...strong, { kind: 'strength', reason: `the passage does not say for certain that it ${certain}` }];
}

/** A word that the claim asserts and the evidence only calls possible. */
function hedgedWord(claim: Reading, told: Reading): string | undefined {
  for (const [at, token] of told.tokens.entries()) {
    if (!HEDGED.test(token.word) || token.capital) continue;
    const reached = told.tokens
      .slice(at + 1, at + 1 + REACH)
      .find((next) => told.content.some((index) => told.tokens[index] === next));
    if (reached !== undefined && claim.content.some((index) => claim.tokens[index]?.stem === reached.stem))
      return reached.written;
  }
  return undefined;
}
