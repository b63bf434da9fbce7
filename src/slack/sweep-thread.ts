import { readThread, type ThreadMessage } from './read-thread.ts';
import { isByBot } from './reply.ts';
import type { SlackCalls } from './slack-calls.ts';
import type { Sweep } from './work.ts';
import type { Outcome } from './worker.ts';

/**
 * Removes what is one too many of an answer: a message that Slack took late, after its call had been given up and another one made. It
 * runs in the lane of the thread, so that no message of a question under way can be meant.
 */
export async function sweepThread(
  { channel, threadTs, after, question }: Sweep,
  { calls, botUser }: { readonly calls: SlackCalls; readonly botUser: string | undefined },
): Promise<Outcome> {
  const messages = (await readThread(calls, { channel, threadTs, after })) ?? [];
  const own = messages.filter(({ marker }) => marker?.question === question);
  if (!own.some(({ marker }) => marker?.complete)) return { type: 'done' };
  const kept = new Map<string | undefined, ThreadMessage>();
  for (const message of own)
    if (message.marker?.complete) kept.set(message.marker.part, kept.get(message.marker.part) ?? message);
  const late = messages.filter((message) =>
    message.marker === undefined
      ? isByBot(message, botUser)
      : own.includes(message) && kept.get(message.marker.part) !== message,
  );
  for (const { ts } of late) {
    // One that streams may not be deleted.
    await calls('chat.stopStream', { channel, ts });
    await calls('chat.delete', { channel, ts });
  }
  return { type: 'done' };
}
