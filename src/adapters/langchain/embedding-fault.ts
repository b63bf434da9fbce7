import { IbidError, messageOf } from '../../model/errors.ts';
import { parseRetryAfter } from './retry-after.ts';

/** Longest that is quoted of what a server says. */
const LONGEST_QUOTE = 300;
const STATUSES_THAT_PASS = new Set([408, 425, 429, 500, 502, 503, 504]);

/** `embedder_failed` for whatever a LangChain model threw, saying what to do. `place` names the server with its address. */
export function embeddingFault(error: unknown, place: string): IbidError {
  const own = chainOf(error).find((link) => link instanceof IbidError);
  if (own) return own;
  return new IbidError('embedder_failed', adviceOn(error, place), { cause: error });
}

/** Whether the same request may succeed a moment later. */
export function mayPass(error: unknown): boolean {
  if (chainOf(error).some((link) => link instanceof IbidError) || isTimeout(error)) return false;
  const status = statusOf(error);
  if (status === undefined) return networkCodeOf(error) !== undefined;
  return STATUSES_THAT_PASS.has(status) && !isOutOfQuota(error);
}

/** Milliseconds that the server asks to wait: `Retry-After` in seconds or as a date (RFC 9110, 10.2.3). */
export function retryAfterOf(error: unknown): number | undefined {
  const value = firstOf(error, ({ headers }) =>
    headers instanceof Headers ? (headers.get('retry-after') ?? undefined) : undefined,
  );
  return parseRetryAfter(value, Date.now());
}

function adviceOn(error: unknown, place: string): string {
  const code = networkCodeOf(error);
  const status = statusOf(error);
  if (isTimeout(error)) return `${place} did not answer in time. Check that it runs and is not overloaded.`;
  if (status === undefined && code !== undefined)
    return `${place} cannot be reached (${code}). Start it, or correct IBID_EMBED_BASE_URL.`;
  if (status === 401 || status === 403)
    return `${place} refused the key (${status}). Set IBID_EMBED_API_KEY to a key that it accepts.`;
  const said = whatItSaid(error);
  if (status === 404)
    return `${place} knows no such model or address (${said}). Check IBID_EMBED_MODEL (with Ollama, \`ollama pull\` the model) and IBID_EMBED_BASE_URL (with openai: it usually ends in /v1, with ollama: it does not).`;
  if (isOutOfQuota(error))
    return `${place} says that the quota is used up (${said}). Check the account of IBID_EMBED_API_KEY.`;
  if (status === 429) return `${place} was asked too often (${said}). ${waitAdvice(error)}`;
  if (status === 400 || status === 413 || status === 422)
    return `${place} refused the request (${said}). If its texts are too long for the model, lower IBID_EMBED_MAX_TOKENS; if they are too many, IBID_EMBED_BATCH.`;
  if (status !== undefined) return `${place} failed (${said}). Look at its log, then try again.`;
  return `${place} could not be used: ${said}. Check IBID_EMBED_MODEL and IBID_EMBED_BASE_URL.`;
}

/** The first line: below it LangChain adds links of its own. */
function whatItSaid(error: unknown): string {
  return (messageOf(error).split('\n')[0] ?? '').slice(0, LONGEST_QUOTE);
}

function waitAdvice(error: unknown): string {
  const wait = retryAfterOf(error);
  return wait === undefined ? 'Try again later.' : `Try again in ${Math.ceil(wait / 1000)} seconds.`;
}

/** OpenAI, Ollama and others each name it in their own way. */
function statusOf(error: unknown): number | undefined {
  return firstOf(error, ({ status, statusCode, status_code, response }) =>
    [status, statusCode, status_code, isRecord(response) ? response.status : undefined].find(
      (value) => typeof value === 'number',
    ),
  );
}

/** Of Node's sockets, TLS and undici: ECONNREFUSED, CERT_HAS_EXPIRED, UND_ERR_SOCKET … */
function networkCodeOf(error: unknown): string | undefined {
  return firstOf(error, ({ code }) =>
    typeof code === 'string' && /^(?:E[A-Z]{3,}|[A-Z]+_[A-Z_]+)$/.test(code) ? code : undefined,
  );
}

function isTimeout(error: unknown): boolean {
  return firstOf(error, ({ name }) => (name === 'TimeoutError' ? true : undefined)) ?? false;
}

/** OpenAI's code for an account without credit, sent as 429. */
function isOutOfQuota(error: unknown): boolean {
  return firstOf(error, ({ code }) => (code === 'insufficient_quota' ? true : undefined)) ?? false;
}

function firstOf<T>(error: unknown, read: (link: Record<string, unknown>) => T | undefined): T | undefined {
  for (const link of chainOf(error)) {
    const found = isRecord(link) ? read(link) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The error, its cause, the cause of that …; bounded, since causes may run in circles. */
function chainOf(error: unknown): unknown[] {
  const chain = [error];
  for (let link = error; chain.length < 8 && isRecord(link) && link.cause !== undefined; ) {
    link = link.cause;
    chain.push(link);
  }
  return chain;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
