/** Runs work of the same key one after another, in the order of arrival; different keys do not wait for each other. */
export type InOrder = (key: string) => Promise<() => void>;

/** Resolves when it is this caller's turn; the caller calls the returned function when it is done. */
export function createInOrder(): InOrder {
  const tails = new Map<string, Promise<void>>();
  return async (key) => {
    const before = tails.get(key);
    const { promise, resolve } = withResolvers();
    tails.set(key, promise);
    await before;
    return () => {
      if (tails.get(key) === promise) tails.delete(key);
      resolve();
    };
  };
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
