import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { IbidError } from '../model/errors.ts';
import { escapeMrkdwn } from './escape.ts';
import type { OAuth } from './oauth.ts';
import type { Acknowledgement, Receive } from './receive.ts';
import { isSignedBySlack } from './verify.ts';

export interface SlackAppDeps {
  readonly receive: Receive;
  readonly signingSecret: string;
  /** Without it, nobody can install the app. */
  readonly oauth: OAuth | undefined;
  readonly publicUrl: string | undefined;
  readonly now: () => number;
  /** Resolves when the work that is due is done: a platform that stops with the response is asked to wait for it. */
  readonly settled: () => Promise<void>;
}

const MOST_BYTES = 1_000_000;
const COOKIE = 'ibid_slack_install';
const REDIRECT_PATH = '/slack/oauth_redirect';

/** The routes that Slack calls, below `/slack`. */
export function createSlackApp(deps: SlackAppDeps): Hono {
  const { receive } = deps;
  const app = new Hono();
  app.use(bodyLimit({ maxSize: MOST_BYTES, onError: refuseLarge }));

  app.post('/events', async (c) => {
    const body = await signedBody(c, deps);
    return acknowledge(c, deps, await receive.event(parseJson(body)));
  });
  app.post('/commands', async (c) => {
    const fields = Object.fromEntries(new URLSearchParams(await signedBody(c, deps)));
    // Slack looks now and then whether the address has a valid certificate.
    if (fields.ssl_check === '1') return c.body(null, 200);
    return acknowledge(c, deps, await receive.command(fields));
  });
  app.post('/interactions', async (c) => {
    const payload = new URLSearchParams(await signedBody(c, deps)).get('payload') ?? '';
    return acknowledge(c, deps, await receive.interaction(parseJson(payload)));
  });

  app.get('/install', async (c) => {
    const { url, nonce } = await oauthOf(deps).begin(redirectUri(c, deps));
    // Lax, so that it comes along when Slack sends the browser back.
    const secure = redirectUri(c, deps).startsWith('https:');
    setCookie(c, COOKIE, nonce, { httpOnly: true, sameSite: 'Lax', secure, path: '/slack', maxAge: 600 });
    return c.redirect(url, 302);
  });
  app.get('/oauth_redirect', async (c) => {
    const { code, state, error } = c.req.query();
    const nonce = getCookie(c, COOKIE) ?? '';
    const team = await oauthOf(deps).finish({ code, state, error, nonce, redirectUri: redirectUri(c, deps) });
    setCookie(c, COOKIE, '', { path: '/slack', maxAge: 0 });
    const name = escapeMrkdwn(team);
    return c.html(
      `<!doctype html><meta charset="utf-8"><title>Installed</title><h1>Installed in ${name}</h1><p>Open Slack, invite the app to a channel and mention it with a question.</p>`,
    );
  });
  return app;
}

async function signedBody(c: Context, { signingSecret, now }: SlackAppDeps): Promise<string> {
  const body = new Uint8Array(await c.req.raw.arrayBuffer());
  const signed = await isSignedBySlack({
    ...{ signingSecret, body, now: now() },
    timestamp: c.req.header('x-slack-request-timestamp'),
    signature: c.req.header('x-slack-signature'),
  });
  if (!signed) {
    throw new IbidError(
      'unauthorized',
      "Slack did not sign this request, or not within the last five minutes. Check SLACK_SIGNING_SECRET and this machine's clock.",
    );
  }
  return new TextDecoder().decode(body);
}

function acknowledge(c: Context, { settled }: SlackAppDeps, body: Acknowledgement): Response {
  try {
    c.executionCtx.waitUntil(settled());
  } catch {
    // Node goes on after the response without being asked.
  }
  return body === undefined ? c.body(null, 200) : c.json(body, 200);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new IbidError('bad_request', 'The body is not valid JSON.', { cause });
  }
}

function oauthOf({ oauth }: SlackAppDeps): OAuth {
  if (oauth !== undefined) return oauth;
  throw new IbidError(
    'not_found',
    'This bot serves one workspace. Set SLACK_CLIENT_ID and SLACK_CLIENT_SECRET to let others install it.',
  );
}

function redirectUri(c: Context, { publicUrl }: SlackAppDeps): string {
  return `${publicUrl ?? new URL(c.req.url).origin}${REDIRECT_PATH}`;
}

function refuseLarge(): never {
  throw new IbidError('payload_too_large', 'The body is larger than anything that Slack sends.');
}
