import type { SlackApi, SlackReply } from '../ports/slack-api.ts';

/** What came of a call that waited its turn. */
export type PatientReply = Exclude<SlackReply, { outcome: 'rate-limited' }>;

export type PatientApi = (
  token: string,
  method: string,
  args: Readonly<Record<string, unknown>>,
  signal?: AbortSignal,
) => Promise<PatientReply>;

/** What may be done twice is tried this often when Slack does not say what came of it. */
const TRIES = 4;
/** After the first try; the next pauses are twice as long each. */
const PAUSE_MS = 250;
const HARMLESS_TWICE = new Set([
  'chat.delete',
  'chat.stopStream',
  'chat.update',
  'conversations.history',
  'conversations.replies',
]);

/**
 * Waits out Slack's rate limits, and for what may be done twice its faults, in order: calls of one method to one channel go one after
 * the other, so that the first to be told to wait is the first to go on, and a limit holds back every call of that method with that
 * token.
 * Source: https://docs.slack.dev/apis/web-api/rate-limits
 */
export function createPatientApi(deps: {
  readonly api: SlackApi;
  readonly now: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}): PatientApi {
  const { api, now, sleep } = deps;
  const blockedUntil = new Map<string, number>();
  const inTurn = createTurns();

  return (token, method, args, signal) => {
    const limit = `${token} ${method}`;
    const once = async (): Promise<PatientReply> => {
      for (let tries = 1; ; ) {
        for (let wait = waitOf(limit); wait > 0; wait = waitOf(limit)) await sleep(wait, signal);
        if (signal?.aborted) return { outcome: 'refused', error: 'aborted' };
        const reply = await api(token, method, args);
        if (reply.outcome === 'rate-limited') blockedUntil.set(limit, now() + reply.retryAfterSeconds * 1000);
        else if (reply.outcome !== 'unknown' || !HARMLESS_TWICE.has(method) || tries === TRIES) return reply;
        else await sleep(PAUSE_MS * 2 ** (tries++ - 1), signal);
      }
    };
    return inTurn(`${limit} ${String(args.channel ?? '')}`, once);
  };

  function waitOf(limit: string): number {
    return (blockedUntil.get(limit) ?? 0) - now();
  }
}

/** Runs work of one key one after the other. */
function createTurns() {
  const tails = new Map<string, Promise<unknown>>();
  return <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const result = (tails.get(key) ?? Promise.resolve()).then(work);
    const tail = result.catch(() => undefined);
    tails.set(key, tail);
    void tail.then(() => {
      if (tails.get(key) === tail) tails.delete(key);
    });
    return result;
  };
}
