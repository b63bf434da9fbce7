import { messageOf } from '../model/errors.ts';
import type { InboxChange, InboxJob, SlackInbox } from '../ports/slack-inbox.ts';
import { holdLease, type Lease, LeaseLostError } from './lease.ts';

/** What became of an entry; `retry` says when it is to be tried again. */
export type Outcome =
  | { readonly type: 'done' | 'forget' }
  | { readonly type: 'retry'; readonly inMs: number };

export interface Worker {
  /** Begins to heed `wake`: what comes before is received and waits. */
  start(): void;
  /** Looks for work now. */
  wake(): void;
  /** Works off what is due, begun or not; resolves when nothing of it is left, or all of it runs elsewhere. */
  idle(): Promise<void>;
  /** Takes no more work, gives what runs a while to end, and leaves the rest to the next start. */
  stop(withinMs: number): Promise<void>;
}

export interface WorkerDeps {
  readonly inbox: SlackInbox;
  readonly handle: (job: InboxJob, lease: Lease) => Promise<Outcome>;
  readonly now: () => number;
  readonly newId: () => string;
  /** How long an entry stays with an instance that does not say that it lives. */
  readonly leaseMs: number;
  /** Entries worked off at the same time. */
  readonly concurrency: number;
  readonly report: (message: string) => void;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** Slack's own retries end sooner; an answer a day late helps nobody. */
const GIVE_UP_MS = 24 * 3_600_000;

/** How long what was aborted may take to note that it is to be tried again. */
const ABORT_WITHIN_MS = 1_000;

/** Works the inbox off: each entry under a lease, as many at a time as allowed. */
export function createWorker(deps: WorkerDeps): Worker {
  const { inbox, now, newId, leaseMs, concurrency, report } = deps;
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  let stopped = false;
  let begun = false;
  let filling: Promise<void> | undefined;
  let woken = false;

  function wake(): void {
    if (!begun) return;
    woken = true;
    filling ??= fill().finally(() => {
      filling = undefined;
      if (woken && !stopped && running.size < concurrency) wake();
    });
  }

  async function fill(): Promise<void> {
    while (woken && !stopped && running.size < concurrency) {
      woken = false;
      const time = now();
      const asked = concurrency - running.size;
      const claim = { claim: newId(), now: time, leaseUntil: time + leaseMs, limit: asked };
      const jobs = await inbox.claim(claim).catch((error: unknown) => {
        report(`The Slack inbox could not be read: ${messageOf(error)}`);
        return [];
      });
      for (const job of jobs) begin(job);
      if (jobs.length === asked) woken = true;
    }
  }

  function begin(job: InboxJob): void {
    const done = run(job).finally(() => {
      running.delete(done);
      wake();
    });
    running.add(done);
  }

  async function run(job: InboxJob): Promise<void> {
    const change = await workOff(job)
      .then(toChange)
      .catch((error: unknown) => changeAfter(error, job));
    if (change === undefined) return;
    // Should this fail, the entry comes back when its lease ends, and it is seen that its work is done.
    await inbox.update(job, change).catch((error: unknown) => report(`The Slack inbox: ${messageOf(error)}`));
  }

  async function workOff(job: InboxJob): Promise<Outcome> {
    const lease = holdLease(job, { inbox, now, leaseMs, stop: stopping.signal });
    try {
      return await deps.handle(job, lease);
    } finally {
      lease.end();
    }
  }

  function toChange(outcome: Outcome): InboxChange {
    if (outcome.type === 'retry') return { type: 'retry', until: now() + outcome.inMs };
    return { type: outcome.type, now: now() };
  }

  function changeAfter(error: unknown, job: InboxJob): InboxChange | undefined {
    if (stopping.signal.aborted) return { type: 'retry', until: now() };
    if (error instanceof LeaseLostError) return undefined;
    report(`Slack event ${job.eventId}, attempt ${job.attempts}: ${messageOf(error)}`);
    if (now() - job.receivedAt > GIVE_UP_MS) return { type: 'done', now: now() };
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(job.attempts - 1, 20), LONGEST_PAUSE_MS);
    return { type: 'retry', until: now() + pause };
  }

  async function settled(): Promise<void> {
    while (filling !== undefined || running.size > 0) await Promise.all([filling, ...running]);
  }

  return {
    wake,
    start() {
      begun = true;
      wake();
    },
    async idle() {
      begun = true;
      wake();
      await settled();
    },
    async stop(withinMs) {
      stopped = true;
      await atMost(withinMs, settled());
      stopping.abort();
      // What does not heed the signal is cut off by the end of the process, and taken up by the next.
      await atMost(ABORT_WITHIN_MS, settled());
    },
  };
}

async function atMost(ms: number, work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, end]);
  clearTimeout(timer);
}
