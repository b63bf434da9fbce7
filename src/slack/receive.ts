import * as z from 'zod';
import { IbidError } from '../model/errors.ts';
import type { InboxEntry, SlackInbox } from '../ports/slack-inbox.ts';
import { EventCallback } from './event-schema.ts';
import { routeInteraction } from './route-click.ts';
import { routeEvent } from './route-event.ts';
import { isDirect, isOpenIn, type SlackSettings } from './settings.ts';
import { WORDS } from './words.ts';
import type { Command } from './work.ts';

/** What Slack is answered at once: an empty body, or JSON. */
export type Acknowledgement = Readonly<Record<string, unknown>> | undefined;

/** Takes what Slack tells of, over HTTP or a socket: it is durable before it is acknowledged, and nothing else is done before that. */
export interface Receive {
  event(payload: unknown): Promise<Acknowledgement>;
  command(fields: Readonly<Record<string, unknown>>): Promise<Acknowledgement>;
  interaction(payload: unknown): Promise<Acknowledgement>;
}

const Challenge = z.object({ type: z.literal('url_verification'), challenge: z.string() });
const SlashCommand = z.object({
  text: z.string().default(''),
  team_id: z.string().optional(),
  enterprise_id: z.string().optional(),
  channel_id: z.string(),
  user_id: z.string(),
  response_url: z.string(),
  trigger_id: z.string().min(1),
});

/** Slack gives up on an acknowledgement after three seconds and sends again; a refusal in time makes it do so as well. */
const WITHIN_MS = 2_500;

export function createReceive(deps: {
  readonly inbox: SlackInbox;
  readonly settings: SlackSettings;
  readonly now: () => number;
  readonly wake: () => void;
  readonly report: (message: string) => void;
}): Receive {
  const { inbox, settings, now, wake, report } = deps;

  async function keep(entries: readonly InboxEntry[]): Promise<void> {
    for (const entry of entries) await within(WITHIN_MS, inbox.receive(entry, now()));
    if (entries.length > 0) wake();
  }

  return {
    async event(payload) {
      const challenge = Challenge.safeParse(payload);
      if (challenge.success) return { challenge: challenge.data.challenge };
      const envelope = EventCallback.safeParse(payload);
      if (!envelope.success) {
        const type = z.object({ type: z.literal('app_rate_limited') }).safeParse(payload);
        if (type.success)
          report('Slack holds events back: the app gets more than 30,000 an hour in a workspace.');
        return undefined;
      }
      const entry = routeEvent(envelope.data);
      if (entry !== undefined) await keep([entry]);
      return undefined;
    },
    async command(fields) {
      const parsed = SlashCommand.safeParse(fields);
      if (!parsed.success) return undefined;
      const { text, channel_id: channel, trigger_id: trigger } = parsed.data;
      const word = wordFor(text.trim(), channel, settings);
      if (word !== undefined) return { response_type: 'ephemeral', text: word };
      const eventId = `asked:${trigger}`;
      const command = toCommand(parsed.data);
      if (command === undefined) return undefined;
      await keep([{ eventId, lane: eventId, payload: JSON.stringify(command) }]);
      return { response_type: 'ephemeral', text: WORDS.lookingUp };
    },
    async interaction(payload) {
      await keep(routeInteraction(payload));
      return undefined;
    },
  };
}

function wordFor(text: string, channel: string, settings: SlackSettings): string | undefined {
  if (!isDirect(channel) && !isOpenIn(settings, channel)) return WORDS.elsewhere(settings.channels);
  if (text === '' || text === 'help') return WORDS.command;
  return text.length > settings.maxQuestionChars ? WORDS.tooLong(settings.maxQuestionChars) : undefined;
}

function toCommand(fields: z.infer<typeof SlashCommand>): Command | undefined {
  const { text, channel_id: channel, user_id: user, response_url: responseUrl } = fields;
  const id = fields.team_id ?? fields.enterprise_id;
  if (id === undefined) return undefined;
  const team = { id, ...(fields.enterprise_id ? { enterprise: fields.enterprise_id } : {}) };
  return { kind: 'command', ...{ team, channel, user, responseUrl }, text: text.trim() };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new IbidError('index_busy', 'The event could not be stored in time. Slack sends it again.'));
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
