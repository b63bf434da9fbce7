import { IbidClientError } from '../../client/client-error.ts';
import type { Fetch } from './session.ts';

/** A `fetch` whose response breaks off when nothing has come for `silenceMs`: a line can be dead and say nothing. */
export function fetchAlive(send: Fetch, silenceMs: number): Fetch {
  return async (url, init) => {
    const response = await within(silenceMs, send(url, init));
    if (response.body === null) return response;
    const reader = response.body.getReader();
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const part = await within(silenceMs, reader.read()).catch((error: unknown) => {
          reader.cancel().catch(() => {});
          throw error;
        });
        if (part.done) controller.close();
        else controller.enqueue(part.value);
      },
      cancel: (reason) => reader.cancel(reason),
    });
    const { status, headers } = response;
    return new Response(body, { status, headers });
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    const fault = () => reject(new IbidClientError('stream_cut', 'The server has fallen silent.'));
    timer = setTimeout(fault, ms);
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    clearTimeout(timer);
  }
}
