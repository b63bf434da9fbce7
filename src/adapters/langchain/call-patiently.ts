import { embeddingFault, mayPass, retryAfterOf } from './embedding-fault.ts';

export interface Patience {
  /** Milliseconds for all tries together. */
  readonly within: number;
  readonly tries: number;
}

const FIRST_PAUSE_MS = 250;

/**
 * Calls a model, and again after faults that may pass, with doubling pauses or as long as the server asks. Rejects with
 * `embedder_failed` when the tries or the time are used up, at once when the next pause would not fit.
 */
export async function callPatiently<T>(
  call: () => Promise<T>,
  { within, tries }: Patience,
  place: string,
): Promise<T> {
  const deadline = performance.now() + within;
  for (let failed = 1; ; failed++) {
    try {
      return await inTime(call(), deadline - performance.now());
    } catch (error) {
      const pause = Math.max(retryAfterOf(error) ?? 0, FIRST_PAUSE_MS * 2 ** (failed - 1));
      const noTime = performance.now() + pause >= deadline;
      if (failed >= tries || noTime || !mayPass(error)) throw embeddingFault(error, place);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** LangChain's embeddings take no signal: what is late goes on unheard until its request ends. */
async function inTime<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const fault = new DOMException('The embedding took too long.', 'TimeoutError');
    timer = setTimeout(() => reject(fault), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
