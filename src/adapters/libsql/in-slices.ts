import { setImmediate as yieldToOthers } from 'node:timers/promises';

/** Works through a long list in slices, letting others run between them. */
export async function inSlices<T>(
  items: readonly T[],
  work: (slice: readonly T[]) => Promise<void>,
  size = 500,
): Promise<void> {
  for (let from = 0; from < items.length; from += size) {
    await work(items.slice(from, from + size));
    await yieldToOthers();
  }
}
