import { IbidClientError } from '../../client/client-error.ts';
import type { Fetch } from './session.ts';

/**
 * A `fetch` whose response, when it is a stream of events, breaks off when nothing has come for `silenceMs`: a line can be
 * dead and say nothing. Others are left as they are: what is read piece by piece, browsers may list as failed though whole.
 */
export function fetchAlive(send: Fetch, silenceMs: number): Fetch {
  return async (url, init) => {
    const response = await within(silenceMs, send(url, init));
    const { body: source, status, headers } = response;
    if (source === null || !headers.get('content-type')?.includes('event-stream')) return response;
    const reader = source.getReader();
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
