import type { Hono } from 'hono';
import type { Ask } from '../ask/events.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { InstallationStore } from '../ports/installation-store.ts';
import type { SlackApi } from '../ports/slack-api.ts';
import type { SlackInbox } from '../ports/slack-inbox.ts';
import type { SlackThreads } from '../ports/slack-threads.ts';
import { createDoWork } from './do-work.ts';
import { createFindNames } from './find-names.ts';
import { createOAuth } from './oauth.ts';
import { createPatientApi } from './patient-api.ts';
import { createReceive, type Receive } from './receive.ts';
import { createRespondUrl } from './respond-url.ts';
import type { SlackSettings } from './settings.ts';
import { createSlackApp } from './slack-app.ts';
import { createStreamingTeams } from './streaming-teams.ts';
import { createTokenSeal } from './token-seal.ts';
import { createWorker, type Worker } from './worker.ts';
import { createFindWorkspace } from './workspaces.ts';

export interface SlackBotDeps {
  readonly ask: Ask;
  readonly conversations: ConversationStore;
  readonly inbox: SlackInbox;
  readonly threads: SlackThreads;
  readonly installations: InstallationStore;
  readonly api: SlackApi;
  readonly fetch: typeof fetch;
  readonly settings: SlackSettings;
  /** Questions to begin with, at most 4. */
  readonly prompts: () => Promise<readonly string[]>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly newId: () => string;
  /** Told of what the owner has to know; never of what was asked. */
  readonly report: (message: string) => void;
  /** Hands what is due over to where `worker` runs, on a platform where nothing may go on after the response. */
  readonly handOver?: () => Promise<void>;
  /** How long an entry stays with an instance that does not say that it lives, in milliseconds. */
  readonly leaseMs?: number;
}

export interface SlackBot {
  /** The routes below `/slack`; none without a signing secret. */
  readonly routes: Hono | undefined;
  /** The same for a socket, where Slack needs no signature. */
  readonly receive: Receive;
  readonly worker: Worker;
}

/** A process that dies is given this long before another one, or its next start, takes its work over. */
const LEASE_MS = 15_000;
const CONCURRENCY = 8;

/**
 * The Slack bot. What Slack tells of is stored, acknowledged and then worked off: start the worker, and wake it now
 * and then, so that what a crash left is taken up.
 */
export function createSlackBot(deps: SlackBotDeps): SlackBot {
  const { settings, inbox, installations, now, newId, report } = deps;
  const { oauth, botToken, signingSecret, publicUrl } = settings;
  const api = createPatientApi({ api: deps.api, now, sleep });
  const seal = oauth === undefined ? undefined : createTokenSeal(oauth.clientSecret);
  const doWork = createDoWork({
    ...deps,
    ...{ api, sleep, findNames: createFindNames(), streaming: createStreamingTeams(now) },
    findWorkspace: createFindWorkspace({ api, botToken, installations, seal }),
    respondUrl: createRespondUrl({ fetch: deps.fetch, sleep }),
  });
  const worker = createWorker({
    ...{ inbox, handle: doWork, now, newId, report, concurrency: CONCURRENCY },
    leaseMs: deps.leaseMs ?? LEASE_MS,
  });
  const wake = deps.handOver ? () => {} : worker.wake;
  const receive = createReceive({ inbox, settings, now, report, wake });
  const install = oauth && seal && createOAuth({ ...oauth, api: deps.api, installations, seal, newId, now });
  const routes =
    signingSecret === undefined
      ? undefined
      : createSlackApp({
          receive,
          signingSecret,
          publicUrl,
          now,
          settled: deps.handOver ?? worker.idle,
          oauth: install,
        });
  return { routes, receive, worker };
}

/** Resolves early when aborted: whoever waits looks at the signal. */
function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
}
