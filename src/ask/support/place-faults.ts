import type { Fault } from './faults.ts';
import type { Name } from './names.ts';
import { sameQuantity } from './quantities.ts';
import type { Reading } from './reading.ts';
import { sameNameWord } from './same-name.ts';

/** Names or numbers that have changed places with others. */
export function placeFaults(claim: Reading, reading: Reading): Fault[] {
  const names = misplaced(claim.names, claim.nameSlots, reading.names, reading.nameSlots, sameName);
  const numbers = misplaced(
    claim.quantities,
    claim.quantitySlots,
    reading.quantities,
    reading.quantitySlots,
    sameQuantity,
  );
  return [...names, ...numbers].map(({ item, other }) => ({
    kind: 'role',
    reason: `the passage says of "${other.written}" what is said here of "${item.written}"`,
  }));
}

function sameName(one: Name, other: Name): boolean {
  const [short, long] = one.words.length <= other.words.length ? [one, other] : [other, one];
  return short.words.every((word) => long.words.some((told) => sameNameWord(word, told)));
}

interface Written {
  readonly written: string;
}

/** Items of a claim whose slots another item of the evidence fills better than they do themselves. */
function misplaced<Item extends Written>(
  claimed: readonly Item[],
  claimedSlots: readonly ReadonlySet<string>[],
  told: readonly Item[],
  toldSlots: readonly ReadonlySet<string>[],
  isSame: (one: Item, other: Item) => boolean,
): { item: Item; other: Item }[] {
  return claimed.flatMap((item, i) => {
    const slots = claimedSlots[i];
    if (slots === undefined || slots.size === 0) return [];
    const fits = told.map((other, j) => ({
      other,
      own: isSame(item, other),
      fit: shared(slots, toldSlots[j]),
    }));
    const own = fits.filter((fit) => fit.own);
    if (own.length === 0) return [];
    const best = Math.max(...own.map(({ fit }) => fit));
    // What the claim says of both ("A and B went") is no exchange.
    const together = (other: Item) =>
      claimed.some((one, j) => isSame(one, other) && shared(slots, claimedSlots[j]) > 0);
    const rival = fits.find((fit) => !fit.own && fit.fit > best && !together(fit.other));
    return rival === undefined ? [] : [{ item, other: rival.other }];
  });
}

/** How many slots two items share. */
export function shared(one: ReadonlySet<string>, other: ReadonlySet<string> | undefined): number {
  let count = 0;
  for (const slot of one) if (other?.has(slot)) count += 1;
  return count;
}
