import type { Token } from '../contextualise/tokens.ts';
import { AUXILIARIES, setOf } from '../contextualise/word-classes.ts';
import { isFunctionWord } from './function-words.ts';

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
const DENYING_VERBS = /^(?:refus|declin|fail|deni|deny|avoid|prevent|stop|lack)/;
/** Stems that a negator reaches over on the way to what it denies. */
const REACH = 3;
/** Negators that deny each part of a list. */
const LISTING = /^(?:without|no|neither|nor|none)$/;
const LIST_REACH = 8;

/** The negations of a text. `isContent` tells which tokens can be denied. */
export function negationsIn(tokens: readonly Token[], isContent: (index: number) => boolean): Negation[] {
  return tokens.flatMap((token, at): Negation[] => {
    const kind = NEGATORS.has(token.word) ? 'word' : deniesAnother(tokens, at) ? 'verb' : undefined;
    if (kind === undefined || isIdiom(tokens, at)) return [];
    return [{ written: token.written, kind, at, targets: targetsOf(tokens, at, isContent) }];
  });
}

/** "refused to go", "avoided naming", "lacks a licence"; not "was refused". */
function deniesAnother(tokens: readonly Token[], at: number): boolean {
  const [word = '', next = ''] = [tokens[at]?.word, tokens[at + 1]?.word];
  if (!DENYING_VERBS.test(word)) return false;
  if (/^(?:refus|declin|fail)/.test(word)) return next === 'to';
  return /^lack/.test(word) ? next !== 'of' : /ing$/.test(next);
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
  const lists = LISTING.test(tokens[at]?.word ?? '');
  const targets: string[] = [];
  for (let i = at + 1; i < tokens.length && targets.length < (lists ? LIST_REACH : REACH); i++) {
    const token = tokens[i];
    if (token === undefined || (!lists && token.afterBreak && targets.length > 0)) break;
    if (
      /^(?:but|because|although|while|whereas|which|who|until|unless)$/.test(token.word) &&
      targets.length > 0
    )
      break;
    if (!lists && token.word === 'and' && targets.length > 0) break;
    if (!lists && AUXILIARIES.has(token.word) && targets.length > 0) break;
    if (isContent(i) && !isFunctionWord(token.word)) targets.push(token.stem);
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
