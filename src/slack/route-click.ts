import * as z from 'zod';
import type { InboxEntry } from '../ports/slack-inbox.ts';
import { ACTIONS, ratingOf, referenceOf } from './action-blocks.ts';
import { COMMENT_FORM, COMMENT_INPUT } from './handle-click.ts';
import type { Clicked, Team, Work } from './work.ts';

const id = z.string().min(1).max(255);
const Team_ = z.object({ id }).nullish();
const Action = z.object({
  action_id: z.string(),
  action_ts: z.string().optional(),
  value: z.string().optional(),
});

const Interaction = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('block_actions'),
    team: Team_,
    enterprise: Team_,
    user: z.object({ id }),
    channel: z.object({ id }).optional(),
    container: z.object({ channel_id: id.optional(), thread_ts: z.string().optional() }).optional(),
    message: z.object({ ts: z.string().optional(), thread_ts: z.string().optional() }).optional(),
    trigger_id: id.optional(),
    response_url: z.string().optional(),
    actions: z.array(Action),
  }),
  z.object({
    type: z.literal('view_submission'),
    team: Team_,
    enterprise: Team_,
    user: z.object({ id }),
    view: z.object({
      id,
      callback_id: z.string().optional(),
      private_metadata: z.string().optional(),
      state: z
        .object({
          values: z.record(z.string(), z.record(z.string(), z.object({ value: z.string().nullish() }))),
        })
        .optional(),
    }),
  }),
]);
type Interaction = z.infer<typeof Interaction>;

/** What a click or a form gives us to do: https://docs.slack.dev/reference/interaction-payloads */
export function routeInteraction(payload: unknown): InboxEntry[] {
  const parsed = Interaction.safeParse(payload);
  if (!parsed.success) return [];
  const { team, enterprise } = parsed.data;
  const teamId = team?.id ?? enterprise?.id;
  if (teamId === undefined) return [];
  const from: Team = { id: teamId, ...(enterprise ? { enterprise: enterprise.id } : {}) };
  return parsed.data.type === 'block_actions'
    ? routeActions(parsed.data, from)
    : routeForm(parsed.data, from);
}

function routeActions(given: Interaction & { type: 'block_actions' }, team: Team): InboxEntry[] {
  const channel = given.channel?.id ?? given.container?.channel_id;
  if (channel === undefined) return [];
  const threadTs = given.message?.thread_ts ?? given.container?.thread_ts;
  const clicked: Clicked = {
    ...{ team, channel, user: given.user.id },
    ...(threadTs === undefined ? {} : { threadTs }),
    ...(given.response_url === undefined ? {} : { responseUrl: given.response_url }),
  };
  return given.actions.flatMap((action) => routeAction(action, clicked, given));
}

function routeAction(
  { action_id: action, action_ts: at = '', value = '' }: z.infer<typeof Action>,
  clicked: Clicked,
  { trigger_id: triggerId, message }: Interaction & { type: 'block_actions' },
): InboxEntry[] {
  if (action === ACTIONS.feedback || action === ACTIONS.feedbackUp || action === ACTIONS.feedbackDown) {
    const given = ratingOf(value);
    if (given === undefined) return [];
    const trigger = triggerId === undefined ? {} : { triggerId };
    const name = `rated:${given.answerId}:${clicked.user}:${at || triggerId}`;
    return [entry(name, { kind: 'feedback', ...clicked, ...given, ...trigger })];
  }
  const reference = referenceOf(value);
  if (reference === undefined) return [];
  if (action === ACTIONS.share)
    return [
      entry(`shared:${reference.answerId}:${clicked.channel}`, { kind: 'share', ...clicked, ...reference }),
    ];
  if (action !== ACTIONS.handOff) return [];
  // An answer outside of threads becomes the head of one.
  const threadTs = clicked.threadTs ?? message?.ts;
  const work: Work = {
    ...{ kind: 'hand-off', ...clicked, ...reference },
    ...(threadTs === undefined ? {} : { threadTs }),
  };
  return [entry(`handed-off:${reference.answerId}`, work)];
}

function routeForm({ view }: Interaction & { type: 'view_submission' }, team: Team): InboxEntry[] {
  const comment = view.state?.values[COMMENT_INPUT]?.[COMMENT_INPUT]?.value?.trim() ?? '';
  const answerId = view.private_metadata ?? '';
  if (view.callback_id !== COMMENT_FORM || comment === '' || answerId === '') return [];
  return [entry(`commented:${view.id}`, { kind: 'feedback', team, answerId, rating: 'down', comment })];
}

function entry(eventId: string, work: Work): InboxEntry {
  return { eventId, lane: eventId, payload: JSON.stringify(work) };
}
