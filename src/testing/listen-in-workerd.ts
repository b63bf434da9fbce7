import type { listen as listenOnNode } from './listen.ts';

const fetchElsewhere = globalThis.fetch;
const apps = new Map<string, Parameters<typeof listenOnNode>[0]>();

/** Takes the place of listen.ts in workerd, which has no sockets to listen on: requests for the address go to the app. */
export const listen: typeof listenOnNode = async (app) => {
  const host = `app-${apps.size + 1}.test`;
  apps.set(host, app);
  return { url: `http://${host}`, [Symbol.asyncDispose]: async () => void apps.delete(host) };
};

globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const { host } = new URL(request.url);
  const app = apps.get(host);
  if (!app) return fetchElsewhere(input, init);
  const headers = new Headers(request.headers);
  headers.set('host', host);
  const aborted = new Promise<never>((_, reject) => {
    request.signal.addEventListener('abort', () => reject(request.signal.reason));
  });
  return Promise.race([app.fetch(new Request(request, { headers })), aborted]);
};
