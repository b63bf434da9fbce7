/** Works through a long list in slices, pausing after each so that others run. */
export async function inSlices<T>(
  { pause }: { readonly pause: () => Promise<void> },
  items: readonly T[],
  work: (slice: readonly T[]) => Promise<void>,
  size = 500,
): Promise<void> {
  for (let from = 0; from < items.length; from += size) {
    await work(items.slice(from, from + size));
    await pause();
  }
}
