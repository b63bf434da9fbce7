/** A thread in which the bot has spoken. */
export interface SlackThread {
  readonly channel: string;
  /** `ts` of the message that the thread hangs on. */
  readonly threadTs: string;
  /** Empty while the bot has answered no question there. */
  readonly conversationId: string;
  /** Milliseconds since the epoch. */
  readonly spokeAt: number;
}

/** Which conversation a thread carries on. */
export interface SlackThreads {
  /** The last word on a thread counts. */
  remember(thread: SlackThread): Promise<void>;
  /** The thread of `threadTs`; without it, the one of the channel in which the bot spoke last. */
  find(channel: string, threadTs?: string): Promise<SlackThread | undefined>;
}
