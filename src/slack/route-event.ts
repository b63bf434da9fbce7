import type { InboxEntry } from '../ports/slack-inbox.ts';
import { type Envelope, type MessageEvent, parseEvent } from './event-schema.ts';
import { isDirect } from './settings.ts';
import type { Question, Team, Work } from './work.ts';

/** Messages that people write; every other subtype tells of an edit, a join, a topic and the like. */
const WRITTEN = new Set([undefined, 'file_share', 'thread_broadcast']);

/** What an event gives us to do, by nothing but its own content; undefined: nothing. */
export function routeEvent(envelope: Envelope): InboxEntry | undefined {
  const team = teamOf(envelope);
  const event = parseEvent(envelope.event);
  if (event === undefined || team === undefined) return undefined;
  const eventId = envelope.event_id;
  switch (event.type) {
    case 'app_mention':
    case 'message':
      return routeMessage(event, { eventId, team, botUser: botUserOf(envelope) });
    case 'app_home_opened': {
      const { user, channel, tab } = event;
      return alone(
        eventId,
        tab === 'messages' ? { kind: 'prompts', team, channel } : { kind: 'home', team, user },
      );
    }
    case 'assistant_thread_started': {
      const { channel_id: channel, thread_ts: threadTs } = event.assistant_thread;
      return alone(eventId, { kind: 'prompts', team, channel, threadTs });
    }
    case 'app_uninstalled':
      return alone(eventId, { kind: 'uninstalled', team, at: (envelope.event_time ?? 0) * 1000 });
    case 'tokens_revoked':
      if ((event.tokens.bot ?? []).length === 0) return undefined;
      return alone(eventId, { kind: 'uninstalled', team, at: (envelope.event_time ?? 0) * 1000 });
  }
}

function routeMessage(
  event: MessageEvent & { type: 'app_mention' | 'message' },
  { eventId, team, botUser }: { eventId: string; team: Team; botUser: string | undefined },
): InboxEntry | undefined {
  const byPerson = event.bot_id === undefined && event.user !== botUser && event.user !== 'USLACKBOT';
  if (!byPerson || !WRITTEN.has(event.subtype) || event.edited !== undefined) return undefined;
  const via = viaOf(event, botUser);
  if (via === undefined) return undefined;
  const { channel, user, text, ts, thread_ts: threadTs, user_team: userTeam } = event;
  const question: Question = {
    kind: 'question',
    ...{ via, team, channel, user, text, ts, files: event.files?.length ?? 0 },
    ...(threadTs === undefined || threadTs === ts ? {} : { threadTs }),
    ...(userTeam === undefined ? {} : { userTeam }),
    ...(event.parent_user_id === undefined ? {} : { parentUser: event.parent_user_id }),
  };
  // People go on in a direct conversation with or without its threads, so it is one lane.
  const lane = via === 'direct' ? channel : `${channel}:${threadTs ?? ts}`;
  return { eventId, messageKey: `${channel}:${ts}`, lane, payload: JSON.stringify(question) };
}

/** Whoever is mentioned may be us when the event does not say who we are; the one who works it off looks again. */
function viaOf(
  event: MessageEvent & { type: 'app_mention' | 'message' },
  botUser: string | undefined,
): Question['via'] | undefined {
  if (event.channel_type === 'im' || isDirect(event.channel)) return 'direct';
  if (event.type === 'app_mention') return 'mention';
  if (botUser !== undefined && mentions(event.text, botUser)) return 'mention';
  const mayBeForUs = event.thread_ts !== undefined && event.thread_ts !== event.ts;
  return mayBeForUs || (botUser === undefined && event.text.includes('<@')) ? 'reply' : undefined;
}

/** Whether a text with Slack's markup mentions a user. */
export function mentions(text: string, user: string): boolean {
  return text.includes(`<@${user}>`) || text.includes(`<@${user}|`);
}

function alone(eventId: string, work: Work): InboxEntry {
  return { eventId, lane: eventId, payload: JSON.stringify(work) };
}

/** The workspace that the app was installed in; in shared channels it need not be the one of the message. */
function teamOf({ authorizations, team_id, enterprise_id }: Envelope): Team | undefined {
  const [authorization] = authorizations ?? [];
  const id = authorization?.team_id ?? team_id;
  const enterprise = authorization?.enterprise_id ?? enterprise_id;
  if (id === undefined && enterprise == null) return undefined;
  return { id: id ?? String(enterprise), ...(enterprise == null ? {} : { enterprise }) };
}

function botUserOf({ authorizations }: Envelope): string | undefined {
  return authorizations?.find(({ is_bot }) => is_bot !== false)?.user_id;
}
