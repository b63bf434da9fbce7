/** Something that Slack told of and that is to be worked off once. */
export interface InboxEntry {
  /** Slack's `event_id`, or one made of what a person did (`share:ans_1`): received once. */
  readonly eventId: string;
  /** `channel:ts` of a message, which may arrive as two events: also received once. */
  readonly messageKey?: string;
  /** Entries of one lane are worked off one after the other, in the order in which they came. */
  readonly lane: string;
  /** JSON. */
  readonly payload: string;
}

/** An entry that was claimed: nobody else gets it until its lease ends. */
export interface InboxJob {
  readonly key: number;
  /** Names this claim, which ends when another one takes the entry over. */
  readonly claim: string;
  readonly eventId: string;
  readonly lane: string;
  readonly payload: string;
  /** What an earlier claim noted, as JSON. */
  readonly progress?: string;
  /** 1 for the first claim. */
  readonly attempts: number;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

export interface InboxClaim {
  /** A fresh id. */
  readonly claim: string;
  readonly now: number;
  /** Milliseconds since the epoch at which the lease ends. */
  readonly leaseUntil: number;
  readonly limit: number;
}

/**
 * What becomes of a claimed entry. `hold` keeps it until a new time, with what is to be remembered of it; `retry` lets go of it until
 * a time; `done` ends it; `forget` ends it as if the message had never come, so that another event of the same message is received.
 */
export type InboxChange =
  | { readonly type: 'hold'; readonly until: number; readonly progress?: string }
  | { readonly type: 'retry'; readonly until: number }
  | { readonly type: 'done'; readonly now: number }
  | { readonly type: 'forget'; readonly now: number };

/** What Slack told of, kept on disk until it is worked off, shared by all instances on one store. */
export interface SlackInbox {
  /** Durable once it resolves, and due from `now` on. False when the event or the message was received before. */
  receive(entry: InboxEntry, now: number): Promise<boolean>;
  /** The oldest entries that are due, none whose lane holds an older one that is not done. */
  claim(claim: InboxClaim): Promise<InboxJob[]>;
  /** False, and nothing changed, when the claim has ended. */
  update(job: Pick<InboxJob, 'key' | 'claim'>, change: InboxChange): Promise<boolean>;
}
