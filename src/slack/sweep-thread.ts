import type { InboxJob } from '../ports/slack-inbox.ts';
import { certain, SlackSilentError } from './faults.ts';
import { readThread, type ThreadMessage } from './read-thread.ts';
import { isByBot } from './reply.ts';
import type { SlackCalls } from './slack-calls.ts';
import type { Sweep } from './work.ts';
import type { Outcome } from './worker.ts';

export interface SweepDeps {
  readonly job: Pick<InboxJob, 'attempts'>;
  readonly calls: SlackCalls;
  readonly botUser: string | undefined;
}

/** Some two minutes in all; then the questions that wait in the thread matter more. */
const TRIES = 8;

/**
 * Removes what is one too many of an answer: a message that Slack took late, after its call had been given up and another one made. It
 * runs in the lane of the thread, so that no message of a question under way can be meant.
 */
export async function sweepThread(sweep: Sweep, deps: SweepDeps): Promise<Outcome> {
  try {
    for (const message of await findLate(sweep, deps)) await remove(sweep.channel, message, deps.calls);
  } catch (error) {
    if (!(error instanceof SlackSilentError) || deps.job.attempts < TRIES) throw error;
  }
  return { type: 'done' };
}

async function findLate(
  { channel, threadTs, after, question }: Sweep,
  { calls, botUser }: SweepDeps,
): Promise<ThreadMessage[]> {
  const messages = (await readThread(calls, { channel, threadTs, after })) ?? [];
  const own = messages.filter(({ marker }) => marker?.question === question);
  if (!own.some(({ marker }) => marker?.complete)) return [];
  const kept = new Map<string | undefined, ThreadMessage>();
  for (const message of own)
    if (message.marker?.complete) kept.set(message.marker.part, kept.get(message.marker.part) ?? message);
  return messages.filter((message) =>
    message.marker === undefined
      ? isByBot(message, botUser)
      : own.includes(message) && kept.get(message.marker.part) !== message,
  );
}

/** One that streams may not be deleted. */
async function remove(channel: string, { ts }: ThreadMessage, calls: SlackCalls): Promise<void> {
  certain(await calls('chat.stopStream', { channel, ts }));
  certain(await calls('chat.delete', { channel, ts }));
}
