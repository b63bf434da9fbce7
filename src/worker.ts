import type { ExecutionContext, MessageBatch } from '@cloudflare/workers-types';
import { createApp } from './http/app.ts';
import type { App } from './http/dependencies.ts';
import { consumeIngest } from './worker/consume-ingest.ts';
import type { Env, IngestMessage } from './worker/env.ts';
import { openWorker, type WorkerIbid } from './worker/open-worker.ts';
import { refuseFlood } from './worker/refuse-flood.ts';

export { RateLimitCounter } from './adapters/cloudflare/rate-limit-counter.ts';

interface Opened {
  readonly ibid: WorkerIbid;
  readonly app: App;
}

/** One for each set of bindings, kept for as long as the isolate lives. */
const opened = new WeakMap<Env, Opened>();

/** Several first requests each open their own, since a Worker's requests must not wait for each other's promises. */
async function open(env: Env): Promise<Opened> {
  const known = opened.get(env);
  if (known) return known;
  const ibid = await openWorker(env);
  const made = { ibid, app: createApp(ibid) };
  opened.set(env, made);
  return made;
}

/** As wrangler.toml has it. */
const EVERY_MINUTE = '* * * * *';

/** The Worker: HTTP, the queues of ingestion and of Slack, and the rounds of the clock. */
export default {
  async fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
    const refused = await refuseFlood(request, env.FLOOD);
    if (refused) return refused;
    const { app } = await open(env);
    return app.fetch(request, env, context as never);
  },
  async queue(batch: MessageBatch<IngestMessage>, env: Env): Promise<void> {
    const { ibid } = await open(env);
    if (batch.queue.endsWith('-slack')) await ibid.openBot?.().worker.idle();
    else await consumeIngest(batch, ibid, env.INGEST);
  },
  async scheduled({ cron }: { readonly cron: string }, env: Env): Promise<void> {
    const { ibid } = await open(env);
    // What is to be tried again, or was left by a Worker that ended.
    await ibid.openBot?.().worker.idle();
    await embedForAMinute(ibid);
    if (cron === EVERY_MINUTE) return;
    await ibid.settle();
    await ibid.conversations.sweep();
  },
};

const NEARLY_A_MINUTE_MS = 45_000;

/** Others that want the index get it in between. */
async function embedForAMinute({ embedAnew, clock }: WorkerIbid): Promise<void> {
  for (const end = clock() + NEARLY_A_MINUTE_MS; clock() < end && (await embedAnew()) > 0; )
    await new Promise((resolve) => setTimeout(resolve, 1_000));
}
