import * as z from 'zod';

const text = z.string();
const id = z.string().min(1).max(255);
const ts = z.string().regex(/^\d{1,12}\.\d{1,10}$/);

const Message = z.object({
  user: id,
  text: text.default(''),
  ts,
  thread_ts: ts.optional(),
  channel: id,
  channel_type: text.optional(),
  parent_user_id: id.optional(),
  user_team: id.optional(),
  subtype: text.optional(),
  bot_id: id.optional(),
  edited: z.unknown().optional(),
  files: z.array(z.unknown()).optional(),
});
export type MessageEvent = z.infer<typeof Message>;

const Event = z.discriminatedUnion('type', [
  Message.extend({ type: z.literal('app_mention') }),
  Message.extend({ type: z.literal('message') }),
  z.object({ type: z.literal('app_home_opened'), user: id, channel: id, tab: text.optional() }),
  z.object({
    type: z.literal('assistant_thread_started'),
    assistant_thread: z.object({ user_id: id, channel_id: id, thread_ts: ts }),
  }),
  z.object({ type: z.literal('app_uninstalled') }),
  z.object({
    type: z.literal('tokens_revoked'),
    tokens: z.object({ bot: z.array(text).optional() }),
  }),
]);
export type SlackEvent = z.infer<typeof Event>;

/** The envelope of an event: https://docs.slack.dev/apis/events-api */
export const EventCallback = z.object({
  type: z.literal('event_callback'),
  event_id: id,
  event_time: z.number().optional(),
  team_id: id.optional(),
  enterprise_id: id.nullish(),
  authorizations: z
    .array(
      z.object({
        team_id: id.nullish(),
        enterprise_id: id.nullish(),
        user_id: id.optional(),
        is_bot: z.boolean().optional(),
      }),
    )
    .optional(),
  event: z.unknown(),
});
export type Envelope = z.infer<typeof EventCallback>;

/** Undefined for the many events that are not for us. */
export function parseEvent(event: unknown): SlackEvent | undefined {
  const parsed = Event.safeParse(withoutNulls(event));
  return parsed.success ? parsed.data : undefined;
}

/** Slack writes null for what is not there in some places, and leaves it out in others. */
function withoutNulls(event: unknown): unknown {
  if (typeof event !== 'object' || event === null) return event;
  return Object.fromEntries(Object.entries(event).filter(([, value]) => value !== null));
}
