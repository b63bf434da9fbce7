import type { Token } from '../contextualise/tokens.ts';
import type { Fault } from './faults.ts';
import { isFunctionWord } from './function-words.ts';
import type { Name } from './names.ts';
import type { Reading } from './reading.ts';

/** What stands right behind or before a name: a word that carries meaning and is no name itself. */
type Side = (name: Name) => string | undefined;

/** Two names that stand where the other one stands in the evidence: "French officers and a Dutch crew" for the reverse. */
export function exchangeFaults(claim: Reading, told: Reading): Fault[] {
  const sides = [behind, before];
  return claim.names.flatMap((one, i) =>
    claim.names.slice(i + 1).flatMap((other): Fault[] => {
      const exchanged = sides.some((side) => areExchanged(one, other, claim, told, side));
      const reason = `"${one.written}" and "${other.written}" have changed places`;
      return exchanged ? [{ kind: 'role', reason }] : [];
    }),
  );
}

function areExchanged(
  one: Name,
  other: Name,
  claim: Reading,
  told: Reading,
  side: (reading: Reading) => Side,
): boolean {
  const [here, there] = [side(claim)(one), side(claim)(other)];
  if (here === undefined || there === undefined || here === there) return false;
  const besides = (name: Name) =>
    told.names.filter(({ written }) => written === name.written).map((found) => side(told)(found));
  const [ofOne, ofOther] = [besides(one), besides(other)];
  return ofOne.includes(there) && ofOther.includes(here) && !ofOne.includes(here) && !ofOther.includes(there);
}

function behind({ tokens, names }: Reading): Side {
  return ({ to }) => (tokens[to]?.afterBreak === true ? undefined : plainStem(tokens, names, to));
}

function before({ tokens, names }: Reading): Side {
  return ({ from }) => (tokens[from]?.afterBreak === true ? undefined : plainStem(tokens, names, from - 1));
}

function plainStem(tokens: readonly Token[], names: readonly Name[], at: number): string | undefined {
  const token = tokens[at];
  const named = names.some(({ from, to }) => from <= at && at < to);
  return token === undefined || named || isFunctionWord(token.word) ? undefined : token.stem;
}
