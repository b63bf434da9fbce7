import type { Name } from './names.ts';
import type { Reading } from './reading.ts';
import { knownExpansion, sameNameWord } from './same-name.ts';

/** Whether the evidence says the name, in full, by its initials or spelled out. */
export function isNamed({ words }: Name, { tokens, text }: Reading): boolean {
  if (words.every((word) => tokens.some((token) => sameNameWord(token.word, word)))) return true;
  const lower = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ')} `;
  if (knownExpansion(words).some((form) => lower.includes(` ${form} `))) return true;
  const initials = words.map((word) => word[0]).join('');
  if (
    initials.length > 1 &&
    tokens.some(({ written, word }) => word === initials && written === written.toUpperCase())
  )
    return true;
  const [only] = words;
  return words.length === 1 && only !== undefined && only.length > 1 && spellsOut(only, tokens);
}

/** Whether neighbouring capitalised words begin with the letters of `acronym`. */
function spellsOut(acronym: string, tokens: Reading['tokens']): boolean {
  const capitals = tokens
    .filter(({ capital }) => capital)
    .map(({ word }) => word[0])
    .join('');
  return acronym.length >= 2 && acronym.length <= 6 && capitals.includes(acronym);
}
