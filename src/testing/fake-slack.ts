import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { refusalOf } from './fake-slack-limits.ts';
import { createFakeWorkspace, type FakeReply, type FakeWorkspace } from './fake-slack-workspace.ts';

export const SIGNING_SECRET = 'fake-signing-secret';
export const BOT_TOKEN = 'xoxb-fake';

/** A call that the app made. */
export interface FakeCall {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly token: string | undefined;
  /** Milliseconds since the epoch, when it came. */
  readonly at: number;
  readonly status: number;
}

/**
 * What a call meets instead of being done at once: `limited` is a 429; `refused` an error of Slack's; `slow` is done late; `lost` is
 * done, but the reply never comes; `down` is not done, and the connection breaks.
 */
export type Trouble =
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number }
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'lost' | 'down' | 'server-error' };

export interface FakeSlack extends AsyncDisposable {
  /** For `SLACK_API_URL`. */
  readonly apiUrl: string;
  readonly url: string;
  readonly workspace: FakeWorkspace;
  readonly calls: FakeCall[];
  /** What was sent to a `response_url`. */
  readonly responses: Record<string, unknown>[];
  /** What the next calls of a method meet, in order; `*` for any. */
  readonly troubles: Map<string, Trouble[]>;
  /** Replies of methods that the workspace does not know, such as `oauth.v2.access`. */
  readonly replies: Map<string, (args: Readonly<Record<string, unknown>>) => FakeReply>;
  /** Scopes that replies say the token has. */
  scopes: string;
  /** Why what was sent to a `response_url` is not taken, when it is not. */
  refuseResponse(given: Readonly<Record<string, unknown>>): string | undefined;
  responseUrl(): string;
}

/** Uses of a `response_url`. */
const MOST_RESPONSES = 5;

/** Slack on a real socket: its Web API with limits, troubles and streams. */
export async function startFakeSlack(): Promise<FakeSlack> {
  const workspace = createFakeWorkspace();
  const calls: FakeCall[] = [];
  const responses: Record<string, unknown>[] = [];
  const troubles = new Map<string, Trouble[]>();
  const replies: FakeSlack['replies'] = new Map();
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  const fake: Pick<FakeSlack, 'scopes' | 'refuseResponse'> = { scopes: '', refuseResponse: () => undefined };
  let urls = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    const path = request.url ?? '';
    if (path.startsWith('/response/')) {
      const given = JSON.parse(body) as Record<string, unknown>;
      const used = responses.filter(({ url: at }) => at === path).length;
      const refusal =
        used >= MOST_RESPONSES ? 'used_url' : (fake.refuseResponse(given) ?? refusalOf(given, 40_000));
      if (refusal === undefined) responses.push({ url: path, ...given });
      response.statusCode = refusal === undefined ? 200 : 404;
      response.end(refusal === undefined ? 'ok' : JSON.stringify({ ok: false, error: refusal }));
      return;
    }
    const method = path.replace('/api/', '');
    const args = parseArgs(body);
    const token = request.headers.authorization?.replace('Bearer ', '');
    const trouble = troubles.get(method)?.shift() ?? troubles.get('*')?.shift();
    const note = (status: number) => calls.push({ method, args, token, at: Date.now(), status });
    if (trouble?.kind === 'limited') {
      note(429);
      response.writeHead(429, { 'retry-after': String(trouble.retryAfterSeconds) }).end();
      return;
    }
    if (trouble?.kind === 'down') {
      note(0);
      response.destroy();
      return;
    }
    if (trouble?.kind === 'slow') await sleep(trouble.ms);
    const reply =
      trouble?.kind === 'refused'
        ? { ok: false, error: trouble.error }
        : (replies.get(method)?.(args) ?? workspace.call(method, args));
    if (trouble?.kind === 'lost') {
      note(0);
      response.destroy();
      return;
    }
    const status = trouble?.kind === 'server-error' ? 503 : 200;
    note(status);
    response.writeHead(status, { 'content-type': 'application/json', 'x-oauth-scopes': fake.scopes });
    response.end(JSON.stringify(reply));
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(fake, {
    ...{ apiUrl: `${url}/api/`, url, workspace, calls, responses, troubles, replies },
    responseUrl: () => `${url}/response/${++urls}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}

/** Headers with which Slack signs a body. */
export function signedHeaders(
  body: string,
  { at = Date.now(), secret = SIGNING_SECRET, type = 'application/json' } = {},
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'content-type': type,
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${signature}`,
  };
}

/** Milliseconds until each of Slack's retries: at once, after one minute, after five. */
const RETRIES_MS = [0, 60_000, 300_000] as const;

/**
 * Delivers an event as Slack does: acknowledged within three seconds by a 2xx or sent again on the schedule, here `hurry` times faster.
 * Resolves with whether it was acknowledged at last.
 */
export async function deliver(
  target: () => string,
  payload: unknown,
  { hurry = 1, type = 'application/json' }: { hurry?: number; type?: string } = {},
): Promise<boolean> {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  for (const [retry, pause] of [undefined, ...RETRIES_MS].entries()) {
    if (pause !== undefined) await sleep(pause / hurry);
    const again =
      retry === 0 ? {} : { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' };
    const response = await fetch(target(), {
      method: 'POST',
      body,
      headers: { ...signedHeaders(body, { type }), ...again },
      signal: AbortSignal.timeout(3_000),
    }).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok) return true;
  }
  return false;
}

/** The envelope of an event. */
export function eventOf(event: Record<string, unknown>, eventId = `Ev${crypto.randomUUID()}`) {
  return {
    ...{ token: 'x', team_id: 'T1', api_app_id: 'A1', type: 'event_callback', event_id: eventId },
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [{ enterprise_id: null, team_id: 'T1', user_id: 'U0BOT', is_bot: true }],
    event,
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Slack's client sends forms in which structures are JSON. */
function parseArgs(body: string): Record<string, unknown> {
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([name, value]) => [
      name,
      /^[[{]/.test(value) ? tryJson(value) : value,
    ]),
  );
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
