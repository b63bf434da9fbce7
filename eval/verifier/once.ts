import type { StoredPassage } from '../../src/ports/passage-store.ts';

/** Gives the same object for the same passage, so that it is read once, as it is in the course of one answer. */
export function createOnce(): (stored: StoredPassage) => StoredPassage {
  const known = new Map<string, StoredPassage>();
  return (stored) => {
    const first = known.get(stored.passage.id) ?? stored;
    known.set(stored.passage.id, first);
    return first;
  };
}
