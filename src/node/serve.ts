import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { type Config, isLoopback } from '../config.ts';
import { createApp } from '../http/app.ts';
import { DEFAULT_LIMITS, type HttpSettings } from '../http/dependencies.ts';
import { countOutcomes, createMetrics, type Metrics } from '../http/metrics.ts';
import { createMemoryRateLimiter } from '../http/rate-limiter.ts';
import { createDirectIntake } from '../ingest/direct-intake.ts';
import { createMcpOverHttp } from '../mcp/mcp-over-http.ts';
import { IbidError, messageOf } from '../model/errors.ts';
import { type Ibid, openIbid } from '../node.ts';
import { createAssets } from './assets.ts';
import { clientAddress } from './client-address.ts';
import { compressFiles } from './compress-files.ts';
import type { Log } from './log.ts';
import { openSessionSecret } from './session-secret.ts';
import { type NodeSlack, openSlack } from './slack.ts';
import { configuredSource } from './sources.ts';

export interface RunningServer {
  readonly url: string;
  /** Resolves when the documents of the settings were brought up to date, or that failed; never rejects. */
  readonly ingested: Promise<void>;
  /** Takes no further requests, finishes running ones within 10 seconds, saves and ends. */
  close(): Promise<void>;
}

const FINISH_WITHIN_MS = 10_000;
/** How soon the server notices what `ibid ingest` committed beside it. */
const FOLLOW_EVERY_MS = 5_000;
/** Expired conversations cannot be read meanwhile; this is how long they may still lie on the disk. */
const SWEEP_EVERY_MS = 600_000;

/** Serves over HTTP, and meanwhile brings the index up to date with the documents of the settings. */
export async function serve(config: Config, log: Log): Promise<RunningServer> {
  const notice = (message: string) => log({ event: 'notice', message });
  const ibid = await openIbid(config, {
    onWait: (holder) => notice(`Waiting for the ingestion by ${holder} to end.`),
    onFault: notice,
  });
  const stopping = new AbortController();
  const state = { index: 'building' };
  const metrics = createMetrics();
  const slack = await openConfiguredSlack(config, ibid, metrics, notice);
  const app = createApp({
    ...(await dependencies(config, ibid, log, state)),
    metrics,
    ...(slack?.routes === undefined ? {} : { slack: slack.routes }),
  });
  const server = createAdaptorServer({
    fetch: compressFiles((request, env) => app.fetch(request, env as never)),
  }) as Server;
  try {
    await listen(server, config);
  } catch (error) {
    await slack?.close(0);
    await ibid.close();
    throw error;
  }
  const ingested = ingestConfigured(config, ibid, stopping.signal, notice).then((outcome) => {
    state.index = outcome;
  });
  // Before the first ingestion every question would be declined.
  void (async () => {
    if ((await ibid.store.manifest()) === undefined) await ingested;
    if (!stopping.signal.aborted) await slack?.start();
  })().catch((error: unknown) => notice(messageOf(error)));
  const following = setInterval(
    () => void ibid.refresh().catch((error) => notice(messageOf(error))),
    FOLLOW_EVERY_MS,
  );
  following.unref();
  const sweep = () => void ibid.sweepConversations().catch((error) => notice(messageOf(error)));
  const sweeping = setInterval(sweep, SWEEP_EVERY_MS);
  sweeping.unref();
  sweep();
  return {
    url: urlOf(server, config.host),
    ingested,
    async close() {
      stopping.abort(new Error('The server stops.'));
      clearInterval(following);
      clearInterval(sweeping);
      await finish(server);
      await slack?.close(FINISH_WITHIN_MS);
      await ingested;
      await ibid.close();
    },
  };
}

/** Undefined when the settings say nothing of Slack. */
async function openConfiguredSlack(
  config: Config,
  ibid: Ibid,
  metrics: Metrics,
  report: (message: string) => void,
): Promise<NodeSlack | undefined> {
  const { slack } = config;
  if (slack === undefined) return undefined;
  const { conversations } = ibid;
  const ask = countOutcomes(ibid.ask, metrics, clock);
  const { maxQuestionChars } = DEFAULT_LIMITS;
  const suggest = async () => (await ibid.suggest({ limit: 4 })).map(({ question }) => question);
  return openSlack({
    slack,
    ask,
    conversations,
    openStores: ibid.openSlackStores,
    suggest,
    maxQuestionChars,
    report,
  });
}

/** Resolves with how the index stands afterwards. */
async function ingestConfigured(
  config: Config,
  ibid: Ibid,
  signal: AbortSignal,
  notice: (message: string) => void,
): Promise<string> {
  try {
    const report = await ibid.ingest(await configuredSource(config), { signal });
    for (const { uri, message } of report.failed) notice(`Skipped ${uri}: ${message}`);
    const { added, changed, removed, unchanged, elapsedMs } = report;
    const seconds = (elapsedMs / 1000).toFixed(1);
    notice(
      `Documents: ${added} added, ${changed} changed, ${removed} removed, ${unchanged} unchanged, in ${seconds} s.`,
    );
    return 'ready';
  } catch (error) {
    if (signal.aborted) return 'stopped';
    notice(`The documents could not be ingested: ${messageOf(error)}`);
    return 'failed';
  }
}

async function dependencies(config: Config, ibid: Ibid, log: Log, state: { readonly index: string }) {
  const { createFileLoader } = await import('../adapters/loaders/file-loader.ts');
  return {
    ...ibid,
    intake: createDirectIntake(ibid.ingest),
    loadFile: createFileLoader(),
    readiness: async () => {
      const stands = state.index === 'ready' || (await ibid.store.manifest()) !== undefined;
      return { ready: stands, detail: { index: stands ? 'ready' : state.index } };
    },
    settings: settingsOf(config),
    clock,
    newId: () => randomUUID(),
    log,
    assets: createAssets(),
    sessionSecret: await openSessionSecret(config),
    clientAddress: clientAddress(config.trustedProxies),
    rateLimiter: createMemoryRateLimiter(),
    createMcp: createMcpOverHttp,
  };
}

/** Milliseconds since the epoch, with fractions. */
function clock(): number {
  return performance.timeOrigin + performance.now();
}

function settingsOf(config: Config): HttpSettings {
  const { host, adminKey, apiKeys, allowedOrigins, rateLimit } = config;
  const { requireSession, sessionSeconds, sessionRateLimit } = config;
  return {
    ...DEFAULT_LIMITS,
    loopbackOnly: isLoopback(host),
    adminOpen: adminKey === undefined && isLoopback(host),
    apiKeys,
    allowedOrigins,
    requireSession,
    sessionSeconds,
    sessionRateLimit,
    ...(adminKey === undefined ? {} : { adminKey }),
    ...(rateLimit === undefined ? {} : { rateLimit }),
  };
}

function listen(server: Server, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(new IbidError('config_invalid', listenFault(cause, host, port), { cause }));
    });
    server.listen(port, host, resolve);
  });
}

function listenFault(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is in use. Stop the program that uses it, or set PORT to another one.`;
  }
  return `The server cannot listen on ${host}, port ${port}: ${messageOf(error)}. Set HOST and PORT to others.`;
}

/** Lets running requests end; connections that idle are closed as soon as they do. */
async function finish(server: Server): Promise<void> {
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), FINISH_WITHIN_MS);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearInterval(sweep);
  clearTimeout(cut);
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const name = host === '127.0.0.1' || host === '::1' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
