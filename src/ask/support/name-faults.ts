import { type Evidence, resolveName } from './evidence.ts';
import type { Fault } from './faults.ts';
import { isNamed } from './is-named.ts';
import type { Name } from './names.ts';
import { shared } from './place-faults.ts';
import type { Reading } from './reading.ts';
import { sameNameWord } from './same-name.ts';

export interface NameAccounts {
  readonly faults: readonly Fault[];
  /** Earlier sentences that must be quoted too, for the names that pronouns stand for. */
  readonly needed: readonly number[];
  /** Names that only heading or earlier sentences give. */
  readonly resolved: readonly Name[];
}

/** Finds each name of `claim` in the evidence, or what stands for it there. */
export function accountForNames(
  claim: Reading,
  evidence: Evidence,
  isKnownName: (word: string) => boolean,
): NameAccounts {
  const faults: Fault[] = [];
  const needed: number[] = [];
  const resolved: Name[] = [];
  claim.names.forEach((name, i) => {
    if (isNamed(name, evidence.reading)) return;
    if (name.doubtful && !name.words.some(isKnownName)) return;
    const found = isSlotTaken(claim.nameSlots[i], name, evidence.reading)
      ? undefined
      : resolveName(name, evidence);
    if (found === undefined)
      faults.push({ kind: 'name', reason: `"${name.written}" is not in the passage that says the rest` });
    else {
      needed.push(...found.sentences);
      resolved.push(name);
    }
  });
  return { faults, needed, resolved };
}

/** Whether another name of the evidence stands where the claim puts this one. */
function isSlotTaken(slots: ReadonlySet<string> | undefined, name: Name, reading: Reading): boolean {
  if (slots === undefined) return false;
  return reading.names.some((other, i) => {
    if (other.words.every((word) => name.words.some((own) => sameNameWord(own, word)))) return false;
    return shared(slots, reading.nameSlots[i]) > 0;
  });
}
