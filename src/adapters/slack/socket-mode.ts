import { LogLevel, SocketModeClient } from '@slack/socket-mode';
import { WebAPIPlatformError } from '@slack/web-api';
import { IbidError, messageOf } from '../../model/errors.ts';

/** What Slack sends over the socket, and what it is answered; undefined: nothing but that it came. */
export type SocketHandler = (message: {
  readonly type: string;
  readonly body: unknown;
}) => Promise<Readonly<Record<string, unknown>> | undefined>;

export interface SlackSocket {
  close(): Promise<void>;
}

export interface SlackSocketOptions {
  readonly appToken: string;
  readonly apiUrl?: string;
  readonly handle: SocketHandler;
  readonly report: (message: string) => void;
}

interface SocketEvent {
  readonly type: string;
  readonly body: unknown;
  readonly ack: (response?: Record<string, unknown>) => Promise<void>;
}

const LONGEST_PAUSE_MS = 60_000;

/**
 * Opens a socket to Slack (Socket Mode) and keeps it open until it is closed. A message is acknowledged once `handle` has resolved; one
 * that it rejects is not, so that Slack sends it again. Rejects with `config_invalid` when Slack refuses the token.
 * The client's own reconnecting waits five seconds and gives up with an unhandled rejection, so this opens it again itself.
 */
export async function openSlackSocket(options: SlackSocketOptions): Promise<SlackSocket> {
  const { report } = options;
  const client = createClient(options);
  const closing = new AbortController();
  const closed = async (): Promise<void> => {
    await new Promise<void>((resolve) => client.once('disconnected', () => resolve()));
  };
  let ended = closed();
  await client.start().catch((error: unknown) => {
    if (error instanceof WebAPIPlatformError) throw refusedBy(error.data.error);
    report(`Slack cannot be reached yet: ${messageOf(error)}`);
    ended = Promise.resolve();
  });
  const kept = (async () => {
    for (let failures = 0; !closing.signal.aborted; ) {
      await ended;
      if (closing.signal.aborted) return;
      ended = closed();
      try {
        await client.start();
        failures = 0;
      } catch (error) {
        failures += 1;
        report(`The socket to Slack is down: ${messageOf(error)}`);
        ended = pause(Math.min(1_000 * 2 ** failures, LONGEST_PAUSE_MS), closing.signal);
      }
    }
  })();
  return {
    async close() {
      closing.abort();
      await client.disconnect().catch(() => {});
      await kept;
    },
  };
}

function createClient({ appToken, apiUrl, handle, report }: SlackSocketOptions): SocketModeClient {
  const client = new SocketModeClient({
    appToken,
    logger: SILENT,
    autoReconnectEnabled: false,
    clientOptions: { retryConfig: { retries: 0 }, ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }) },
  });
  client.on('slack_event', ({ type, body, ack }: SocketEvent) => {
    handle({ type, body })
      .then((answer) => ack(answer === undefined ? undefined : { ...answer }))
      .catch((error: unknown) => report(`Slack socket: ${messageOf(error)}`));
  });
  return client;
}

function refusedBy(error: string): IbidError {
  return new IbidError(
    'config_invalid',
    `Slack refused SLACK_APP_TOKEN (${error}). Make an app-level token with the scope connections:write, and turn Socket Mode on.`,
  );
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** The client logs what people said. */
const SILENT = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};
