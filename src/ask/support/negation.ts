import type { Token } from '../contextualise/tokens.ts';
import { isStop, setOf } from '../contextualise/word-classes.ts';

/** A word that denies, and the stems of what it denies. */
export interface Negation {
  readonly written: string;
  /** "not", "no", "never" and the like, or a verb that denies another: "refused to explain". */
  readonly kind: 'word' | 'verb';
  /** Token index. */
  readonly at: number;
  readonly targets: readonly string[];
}

const NEGATORS = setOf('not no never none nobody nothing neither nor without cannot nowhere hardly unable');
const DENYING_VERBS = setOf(
  'refuse refused refuses refusing fail failed fails failing deny denied denies decline declined declines lack lacked lacks lacking stop stopped stops prevent prevented prevents avoid avoided avoids',
);
/** Stems that a negator reaches over on the way to what it denies. */
const REACH = 3;

/** The negations of a text. `isContent` tells which tokens can be denied. */
export function negationsIn(tokens: readonly Token[], isContent: (index: number) => boolean): Negation[] {
  return tokens.flatMap((token, at): Negation[] => {
    const kind = NEGATORS.has(token.word) ? 'word' : DENYING_VERBS.has(token.word) ? 'verb' : undefined;
    if (kind === undefined || isIdiom(tokens, at)) return [];
    return [{ written: token.written, kind, at, targets: targetsOf(tokens, at, isContent) }];
  });
}

/** "not only", "no doubt", "no. 5" deny nothing; "no longer", "not just" neither deny what follows them alone. */
function isIdiom(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.word ?? '';
  const next = tokens[at + 1]?.word ?? '';
  if (word === 'not') return /^(?:only|just|merely|least|less|more)$/.test(next);
  if (word === 'no') return /^(?:doubt|fewer|less|more|later|matter|sooner|earlier)$/.test(next);
  return word === 'nothing' && next === 'but';
}

function targetsOf(tokens: readonly Token[], at: number, isContent: (index: number) => boolean): string[] {
  const targets: string[] = [];
  for (let i = at + 1; i < tokens.length && targets.length < REACH; i++) {
    const token = tokens[i];
    if (token === undefined || (token.afterBreak && targets.length > 0)) break;
    if (
      /^(?:but|because|although|while|whereas|and|which|who|until|unless)$/.test(token.word) &&
      targets.length > 0
    )
      break;
    if (isContent(i) && !isStop(token.word)) targets.push(token.stem);
  }
  return targets.length > 0 ? targets : targetsBefore(tokens, at, isContent);
}

/** "was not.", "attended neither": what is denied stands before. */
function targetsBefore(
  tokens: readonly Token[],
  at: number,
  isContent: (index: number) => boolean,
): string[] {
  const found: string[] = [];
  for (let i = at - 1; i >= 0 && found.length < 2; i--) {
    const token = tokens[i];
    if (token !== undefined && isContent(i)) found.push(token.stem);
  }
  return found;
}
