import type { InboxJob, SlackInbox } from '../ports/slack-inbox.ts';

/** Thrown when another instance has taken the work over: whatever is still to do is for it to do. */
export class LeaseLostError extends Error {
  constructor() {
    super('Another instance has taken this over.');
    this.name = 'LeaseLostError';
  }
}

/** The right to work on an entry of the inbox. */
export interface Lease {
  /** Aborted when the right is lost, or the process stops. */
  readonly signal: AbortSignal;
  /** Makes sure of the right, noting `progress` (JSON) if given; call it before each thing that must not be done twice. Rejects with `LeaseLostError`. */
  hold(progress?: string): Promise<void>;
  /** Ends the renewals. */
  end(): void;
}

/** Renews the lease of a claimed entry three times within its length. */
export function holdLease(
  job: InboxJob,
  deps: {
    readonly inbox: SlackInbox;
    readonly now: () => number;
    readonly leaseMs: number;
    readonly stop: AbortSignal;
  },
): Lease {
  const { inbox, now, leaseMs, stop } = deps;
  const lost = new AbortController();
  const hold = async (progress?: string): Promise<void> => {
    if (lost.signal.aborted || stop.aborted) throw new LeaseLostError();
    const until = now() + leaseMs;
    const held = await inbox.update(job, {
      type: 'hold',
      until,
      ...(progress === undefined ? {} : { progress }),
    });
    if (held) return;
    lost.abort();
    throw new LeaseLostError();
  };
  // A renewal that fails is tried again with the next; the lease outlasts two of them.
  const renewal = setInterval(() => void hold().catch(() => {}), leaseMs / 3);
  return { signal: AbortSignal.any([lost.signal, stop]), hold, end: () => clearInterval(renewal) };
}
