import type { View } from '@slack/types';
import type { Turn } from '../model/conversation.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { InboxJob } from '../ports/slack-inbox.ts';
import type { SlackThreads } from '../ports/slack-threads.ts';
import { escapeMrkdwn } from './escape.ts';
import type { Lease } from './lease.ts';
import type { Marker } from './marker.ts';
import { blocksOf, type PostDeps, postMessage, type ReplyPlace, UndeliverableError } from './post-message.ts';
import { type OutgoingMessage, renderAnswer } from './render-answer.ts';
import type { RespondUrl } from './respond-url.ts';
import type { SlackSettings } from './settings.ts';
import type { SlackCalls } from './slack-calls.ts';
import { createLinkOf } from './source-link.ts';
import { WORDS } from './words.ts';
import type { AnswerReference, Clicked, FeedbackGiven, HandOff, Share } from './work.ts';
import type { Outcome } from './worker.ts';

export interface ClickDeps {
  readonly conversations: Pick<ConversationStore, 'getConversation' | 'saveFeedback'>;
  readonly threads: SlackThreads;
  readonly settings: SlackSettings;
  readonly respondUrl: RespondUrl;
  readonly now: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** A click that was claimed, and how to speak where it was made. */
export interface ClickedJob<W> {
  readonly work: W;
  readonly job: InboxJob;
  readonly lease: Lease;
  readonly calls: SlackCalls;
}

export const COMMENT_FORM = 'ibid_comment';
export const COMMENT_INPUT = 'comment';
/** How far Slack's clock may be behind ours. */
const CLOCK_SLACK_SECONDS = 60;

/** Keeps a rating as `POST /v1/feedback` does, and asks what was wrong with a bad answer. */
export async function handleFeedback(
  deps: ClickDeps,
  { work, calls }: ClickedJob<FeedbackGiven>,
): Promise<Outcome> {
  const { answerId, rating, comment, triggerId } = work;
  // The form opens within three seconds of the click, or not at all.
  if (rating === 'down' && triggerId !== undefined)
    await calls('views.open', { trigger_id: triggerId, view: commentForm(answerId) });
  const ratedAt = new Date(deps.now()).toISOString();
  const saved = await deps.conversations.saveFeedback({
    ...{ answerId, rating, ratedAt },
    ...(comment === undefined ? {} : { comment }),
  });
  await sayTo(calls, work, saved ? WORDS.thanks : WORDS.gone);
  return { type: 'done' };
}

/** Calls the people who help, in the thread, once an answer. */
export async function handleHandOff(deps: ClickDeps, job: ClickedJob<HandOff>): Promise<Outcome> {
  const { work, calls } = job;
  const { handOff } = deps.settings;
  const turn = await turnOf(deps, work);
  if (handOff === undefined || turn === undefined) {
    await sayTo(calls, work, WORDS.gone);
    return { type: 'done' };
  }
  const whom = handOff.startsWith('S') ? `<!subteam^${handOff}>` : `<@${handOff}>`;
  const text = `${whom}, <@${work.user}> would like a person to look at this: “${escapeMrkdwn(turn.question)}”`;
  const message: OutgoingMessage = {
    markdown: '',
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: text.slice(0, 3_000) } }],
    texts: [text],
  };
  await postMessage(postingOf(deps, job), placeOf(job), message, markerOf(job, 0));
  return { type: 'done' };
}

/** Posts an answer that one person saw to the channel, once, and takes the button away. */
export async function handleShare(deps: ClickDeps, job: ClickedJob<Share>): Promise<Outcome> {
  const { work, calls, lease } = job;
  const turn = await turnOf(deps, work);
  if (turn === undefined) {
    await sayTo(calls, work, WORDS.gone);
    return { type: 'done' };
  }
  const reference = { conversationId: work.conversationId, answerId: work.answerId };
  const options = {
    linkOf: createLinkOf(deps.settings.publicUrl),
    as: 'shared',
    handOff: false,
    notes: [],
  } as const;
  const [first, ...rest] = renderAnswer({ ...reference, answer: turn.answer }, options);
  if (first !== undefined) await postShared(deps, job, [asAskedBy(first, work.user, turn.question), ...rest]);
  if (work.responseUrl !== undefined) {
    const how = { response_type: 'ephemeral', replace_original: true } as const;
    await deps.respondUrl(work.responseUrl, { ...how, text: WORDS.shared }, lease.signal);
  }
  return { type: 'done' };
}

/** Where the bot is no member it cannot post, but may answer the click for all to see. */
async function postShared(
  deps: ClickDeps,
  job: ClickedJob<Share>,
  messages: readonly OutgoingMessage[],
): Promise<void> {
  const { work, lease } = job;
  const { channel, conversationId } = work;
  let threadTs = work.threadTs;
  for (const [at, message] of messages.entries()) {
    const place = { ...placeOf(job), ...(threadTs === undefined ? {} : { threadTs }) };
    try {
      const ts = await postMessage(postingOf(deps, job), place, message, markerOf(job, at));
      threadTs ??= ts;
    } catch (error) {
      if (!(error instanceof UndeliverableError) || work.responseUrl === undefined) throw error;
      const how = { response_type: 'in_channel', replace_original: false } as const;
      const [text] = message.texts;
      await deps.respondUrl(work.responseUrl, { ...how, text, blocks: blocksOf(message) }, lease.signal);
    }
  }
  if (threadTs !== undefined)
    await deps.threads.remember({ channel, threadTs, conversationId, spokeAt: deps.now() });
}

function asAskedBy(message: OutgoingMessage, user: string, question: string): OutgoingMessage {
  const line = `<@${user}> asked: *${escapeMrkdwn(question).replaceAll('*', '∗')}*`.slice(0, 2_900);
  const [text, ...more] = message.texts;
  return {
    markdown: '',
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: line } }, ...blocksOf(message)],
    texts: [`${line}\n\n${text}`, ...more],
  };
}

function postingOf({ sleep }: ClickDeps, { job, calls, lease }: ClickedJob<unknown>): PostDeps {
  const resumed = job.progress !== undefined;
  return { calls, lease, sleep, resumed, doubt: () => {}, progress: () => '{"posting":true}' };
}

/** Nothing of it was posted before the click came. */
function placeOf({ work, job }: ClickedJob<Clicked>): ReplyPlace {
  const after = String(Math.floor(job.receivedAt / 1000) - CLOCK_SLACK_SECONDS);
  return {
    channel: work.channel,
    after,
    ...(work.threadTs === undefined ? {} : { threadTs: work.threadTs }),
  };
}

function markerOf({ job }: ClickedJob<unknown>, part: number): Marker {
  return { question: job.eventId, part: String(part), complete: true };
}

async function turnOf(
  { conversations }: ClickDeps,
  { conversationId, answerId }: AnswerReference,
): Promise<Turn | undefined> {
  const conversation = await conversations.getConversation(conversationId);
  return conversation?.turns.find(({ id }) => id === answerId);
}

/** A word to the one who clicked alone. */
async function sayTo(
  calls: SlackCalls,
  { channel, user, threadTs }: { channel?: string; user?: string; threadTs?: string },
  text: string,
): Promise<void> {
  if (channel === undefined || user === undefined) return;
  await calls('chat.postEphemeral', {
    ...{ channel, user, text },
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
  });
}

function commentForm(answerId: string): View {
  return {
    type: 'modal',
    callback_id: COMMENT_FORM,
    private_metadata: answerId,
    title: { type: 'plain_text', text: 'What was wrong?' },
    submit: { type: 'plain_text', text: 'Send' },
    close: { type: 'plain_text', text: 'Skip' },
    blocks: [
      {
        type: 'input',
        block_id: COMMENT_INPUT,
        optional: true,
        label: { type: 'plain_text', text: 'Tell the owner of the documents' },
        element: { type: 'plain_text_input', action_id: COMMENT_INPUT, multiline: true, max_length: 2_000 },
      },
    ],
  };
}
