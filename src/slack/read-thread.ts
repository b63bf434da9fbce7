import * as z from 'zod';
import { certain } from './faults.ts';
import { type Marker, markerOf } from './marker.ts';
import type { SlackCalls } from './slack-calls.ts';

/** A message of a thread, as far as it matters here. */
export interface ThreadMessage {
  readonly ts: string;
  readonly user?: string;
  readonly isBot: boolean;
  readonly text: string;
  readonly marker?: Marker;
}

const Replies = z.object({
  messages: z.array(
    z.looseObject({
      ts: z.string(),
      user: z.string().optional(),
      bot_id: z.string().nullish(),
      subtype: z.string().optional(),
      text: z.string().default(''),
      metadata: z.unknown().optional(),
      blocks: z.unknown().optional(),
    }),
  ),
  response_metadata: z.looseObject({ next_cursor: z.string().optional() }).optional(),
});

const MOST_PAGES = 5;

/**
 * The messages of a thread, oldest first, after and before the given times; of the channel itself, newest first, without `threadTs`;
 * undefined when Slack does not give them. Rejects with `SlackSilentError` when it cannot be reached: what is there is not known then.
 * Source: https://docs.slack.dev/reference/methods/conversations.replies
 */
export async function readThread(
  calls: SlackCalls,
  place: {
    readonly channel: string;
    readonly threadTs?: string;
    readonly after?: string;
    readonly before?: string;
  },
): Promise<ThreadMessage[] | undefined> {
  const { channel, threadTs, after, before } = place;
  const messages: ThreadMessage[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const asked = {
      ...{ channel, include_all_metadata: true, limit: 200 },
      ...(after === undefined ? {} : { oldest: after }),
      ...(before === undefined ? {} : { latest: before }),
      ...(cursor === undefined ? {} : { cursor }),
    };
    const reply = certain(
      threadTs === undefined
        ? await calls('conversations.history', asked)
        : await calls('conversations.replies', { ...asked, ts: threadTs }),
    );
    const parsed = reply.outcome === 'ok' ? Replies.safeParse(reply.body) : undefined;
    if (!parsed?.success) return undefined;
    // The thread's first message comes along, whatever times are asked for.
    messages.push(...parsed.data.messages.map(toMessage).filter(({ ts }) => isBetween(ts, after, before)));
    cursor = parsed.data.response_metadata?.next_cursor;
    if (cursor === undefined || cursor === '') break;
  }
  return messages;
}

function toMessage(message: z.infer<typeof Replies>['messages'][number]): ThreadMessage {
  const { ts, user, bot_id, subtype, text } = message;
  const marker = markerOf(message);
  return {
    ...{ ts, text, isBot: typeof bot_id === 'string' || subtype === 'bot_message' },
    ...(user === undefined ? {} : { user }),
    ...(marker === undefined ? {} : { marker }),
  };
}

function isBetween(ts: string, after: string | undefined, before: string | undefined): boolean {
  return (
    (after === undefined || Number(ts) > Number(after)) &&
    (before === undefined || Number(ts) < Number(before))
  );
}
