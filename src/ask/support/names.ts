import type { Token } from '../contextualise/tokens.ts';
import { FEMALE_ROLES, isStop, MALE_ROLES, ROLES, setOf, TIMES } from '../contextualise/word-classes.ts';

/** A run of capitalised words. `from` and `to` are token indices, `to` exclusive. */
export interface Name {
  /** Folded words that tell who or what is meant: without ranks and particles. */
  readonly words: readonly string[];
  readonly written: string;
  readonly from: number;
  readonly to: number;
  /** Its capital may be only that of a sentence's first word. */
  readonly doubtful: boolean;
}

const PARTICLES = setOf('de del von van der den al el bin ibn la le di da dos of the and for');
/** Ranks: they may stand before a name or be left out. */
const RANKS = setOf(
  'brigadier mr mrs ms sir lady lord president minister secretary doctor professor saint junior senior incorporated limited the a an king queen prince princess chief deputy foreign prime',
);

/** The names of a text. A sentence's first word is one where nothing speaks against it, and then marked doubtful. */
export function namesIn(tokens: readonly Token[], isDated: (index: number) => boolean): Name[] {
  const names: Name[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (!startsName(tokens, at) || isDated(at)) continue;
    let to = at + 1;
    while (to < tokens.length && !isDated(to)) {
      const link = linkLength(tokens, to);
      if (link === 0) break;
      to += link;
    }
    const name = toName(tokens, at, to);
    if (name !== undefined) names.push(name);
    at = to - 1;
  }
  return names;
}

function toName(tokens: readonly Token[], from: number, to: number): Name | undefined {
  const run = tokens.slice(from, to);
  const words = run.filter((token) => isTelling(token)).map(({ word }) => word);
  if (words.length === 0) return undefined;
  const written = run
    .map((token) => token.written)
    .join(' ')
    .replace(/['’]s?$/u, '');
  const doubtful = tokens[from]?.opensSentence === true && run.length === 1;
  return { words, written, from, to, doubtful };
}

function isTelling({ word, capital, written }: Token): boolean {
  if (PARTICLES.has(word) && !(written.length > 1 && written === written.toUpperCase())) return false;
  return (capital || isCode(written)) && !RANKS.has(word) && !ROLES.has(word) && !isRole(word);
}

function isRole(word: string): boolean {
  return MALE_ROLES.has(word) || FEMALE_ROLES.has(word);
}

function startsName(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token === undefined) return false;
  if (isCode(token.written)) return true;
  if (!token.capital) return false;
  const acronym = token.written.length > 1 && token.written === token.written.toUpperCase();
  if (acronym) return true;
  if (TIMES.has(token.word) || token.word === 'i') return false;
  return !(
    token.opensSentence &&
    (isStop(token.word) || OPENERS.has(token.word) || /ly$|ing$/.test(token.word))
  );
}

/** Words that open sentences and are no names. */
const OPENERS = setOf(
  `according besides despite although however moreover furthermore meanwhile later earlier together therefore
  additionally overall similarly finally first second third next last today yesterday tomorrow yes no not every each many
  most some several few both neither either none nobody all another other such given based since because unlike like there here then thus hence
  note people question questions answer answers one two three four five six seven eight nine ten without within among
  instead unless whether even still also too so`,
);

/** Letters and digits mixed, as in "10b", "fp32" or "MiniLM": an identifier that must be met exactly. */
function isCode(written: string): boolean {
  if (/^\d+(?:st|nd|rd|th|s|bn|[kmb])?$/i.test(written)) return false;
  return /(?=.*\p{L})(?=.*\p{N})/u.test(written) || /^\p{Ll}+\p{Lu}/u.test(written);
}

function linkLength(tokens: readonly Token[], at: number): number {
  const token = tokens[at];
  const before = tokens[at - 1];
  if (token === undefined || token.afterBreak || before?.possessive) return 0;
  if (token.capital) return TIMES.has(token.word) ? 0 : 1;
  if (!/^(?:de|del|von|van|der|den|al|el|bin|ibn|la|le|di|da|dos)$/.test(token.word)) return 0;
  const next = tokens[at + 1];
  return next?.capital && !next.afterBreak ? 2 : 0;
}
