/** Resolves after `milliseconds`; rejects with the signal's reason as soon as it is aborted. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waited = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  return settledBefore(waited, signal).finally(() => clearTimeout(timer));
}

/** The promise's outcome, unless the signal is aborted (its reason) or `within` milliseconds are over (`late`) before it has one. */
export async function settledBefore<T>(
  promise: Promise<T>,
  signal: AbortSignal,
  within?: number,
  late: () => Error = () => new Error('It took too long.'),
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort = () => {};
  const cut = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    if (within !== undefined) timer = setTimeout(() => reject(late()), within);
  });
  try {
    return await Promise.race([promise, cut]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    promise.catch(() => {});
  }
}

/** A signal that follows another one and is aborted with `late()` after `milliseconds` at the latest. `end` lets go of it. */
export function startDeadline(
  milliseconds: number,
  signal: AbortSignal,
  late: () => Error,
): { readonly signal: AbortSignal; end(): void } {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(late()), milliseconds);
  return {
    signal: AbortSignal.any([signal, over.signal]),
    end: () => clearTimeout(timer),
  };
}
