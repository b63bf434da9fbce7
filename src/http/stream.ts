import type { HttpContext } from './dependencies.ts';

const PING_EVERY_MS = 15_000;
const PING = ': ping\n\n';

/** An abort controller that also aborts when `signal` does: the caller went away. */
export function linkedAbort(signal: AbortSignal): AbortController {
  const controller = new AbortController();
  if (signal.aborted) controller.abort();
  else signal.addEventListener('abort', () => controller.abort(), { once: true });
  return controller;
}

/**
 * Answers with an event stream of `chunks` (text, each a whole event), with a comment every 15 s so that
 * proxies keep the line open. When the caller leaves, `abort` is told.
 */
export function streamEvents(
  c: HttpContext,
  chunks: AsyncGenerator<string>,
  abort: AbortController,
): Response {
  const encoder = new TextEncoder();
  let timer: ReturnType<typeof setInterval>;
  let open = true;
  let markEnded = () => {};
  c.set(
    'streamEnded',
    new Promise<void>((resolve) => {
      markEnded = resolve;
    }),
  );
  const stop = () => {
    open = false;
    clearInterval(timer);
    markEnded();
  };
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      timer = setInterval(() => controller.enqueue(encoder.encode(PING)), PING_EVERY_MS);
    },
    async pull(controller) {
      const next = await chunks.next();
      if (!open) return;
      if (next.done !== true) return controller.enqueue(encoder.encode(next.value));
      stop();
      controller.close();
    },
    cancel() {
      stop();
      abort.abort();
      // Waits for the step that is running, which the abort ends: nobody is left to hear of it.
      chunks.return(undefined).catch(() => {});
    },
  });
  return c.body(body, 200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
}
