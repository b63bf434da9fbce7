import type { View } from '@slack/types';
import type { Turn } from '../model/conversation.ts';
import { DOUBT, isDoubtful } from '../model/doubt.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { InboxJob } from '../ports/slack-inbox.ts';
import type { SlackThreads } from '../ports/slack-threads.ts';
import { escapeMrkdwn } from './escape.ts';
import { UndeliverableError } from './faults.ts';
import type { Lease } from './lease.ts';
import type { Marker } from './marker.ts';
import { blocksOf, type PostDeps, postMessage, type ReplyPlace } from './post-message.ts';
import { type OutgoingMessage, renderAnswer } from './render-answer.ts';
import type { RespondUrl } from './respond-url.ts';
import type { SlackSettings } from './settings.ts';
import type { SlackCalls } from './slack-calls.ts';
import { createLinkOf } from './source-link.ts';
import { splitText } from './split-text.ts';
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
/** In UTF-16 code units, escaped; leaves room in a block for what stands around it. */
const LONGEST_QUESTION = 2_500;

/** Keeps a rating as `POST /v1/feedback` does, and asks what was wrong with a bad answer. */
export async function handleFeedback(deps: ClickDeps, job: ClickedJob<FeedbackGiven>): Promise<Outcome> {
  const { work, calls } = job;
  const { answerId, rating, comment, triggerId } = work;
  // The form opens within three seconds of the click, or not at all.
  if (rating === 'down' && triggerId !== undefined)
    await calls('views.open', { trigger_id: triggerId, view: commentForm(answerId) });
  const ratedAt = new Date(deps.now()).toISOString();
  const saved = await deps.conversations.saveFeedback({
    ...{ answerId, rating, ratedAt },
    ...(comment === undefined ? {} : { comment }),
  });
  await sayTo(deps, job, saved ? WORDS.thanks : WORDS.gone);
  return { type: 'done' };
}

/** Calls the people who help, in the thread, once an answer. */
export async function handleHandOff(deps: ClickDeps, job: ClickedJob<HandOff>): Promise<Outcome> {
  const { work } = job;
  const { handOff } = deps.settings;
  const turn = await turnOf(deps, work);
  if (handOff === undefined || turn === undefined) {
    await sayTo(deps, job, WORDS.gone);
    return { type: 'done' };
  }
  const whom = handOff.startsWith('S') ? `<!subteam^${handOff}>` : `<@${handOff}>`;
  const text = `${whom}, <@${work.user}> would like a person to look at this: “${quoted(turn.question)}”`;
  const message: OutgoingMessage = {
    markdown: '',
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }],
    texts: [text],
  };
  await orSay(deps, job, WORDS.nobodyCalled, async () => {
    await postMessage(postingOf(deps, job), placeOf(job), message, markerOf(job, 0));
  });
  return { type: 'done' };
}

/** Posts an answer that one person saw to the channel, once, and takes the button away. */
export async function handleShare(deps: ClickDeps, job: ClickedJob<Share>): Promise<Outcome> {
  const { work, lease } = job;
  const turn = await turnOf(deps, work);
  if (turn === undefined) {
    await sayTo(deps, job, WORDS.gone);
    return { type: 'done' };
  }
  const reference = { conversationId: work.conversationId, answerId: work.answerId };
  const options = {
    linkOf: createLinkOf(deps.settings.publicUrl),
    as: 'shared',
    handOff: false,
    notes: isDoubtful(turn) ? [DOUBT] : [],
  } as const;
  const [first, ...rest] = renderAnswer({ ...reference, answer: turn.answer }, options);
  if (first !== undefined) {
    const messages = [asAskedBy(first, work.user, turn.question), ...rest];
    await orSay(deps, job, WORDS.notShared, () => postShared(deps, job, messages));
  }
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
      const response = { ...how, text, blocks: blocksOf(message) };
      if ((await deps.respondUrl(work.responseUrl, response, lease.signal)) !== 'taken') throw error;
    }
  }
  if (threadTs !== undefined)
    await deps.threads.remember({ channel, threadTs, conversationId, spokeAt: deps.now() });
}

function asAskedBy(message: OutgoingMessage, user: string, question: string): OutgoingMessage {
  const line = `<@${user}> asked: *${quoted(question).replaceAll('*', '∗')}*`;
  const [text, ...more] = message.texts;
  return {
    markdown: '',
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: line } }, ...blocksOf(message)],
    texts: [`${line}\n\n${text}`, ...more],
  };
}

/** A question within what is said of it, shortened where it would not fit a block. */
function quoted(question: string): string {
  const [first = '', ...rest] = splitText(escapeMrkdwn(question), LONGEST_QUESTION);
  return rest.length === 0 ? first : `${first.trimEnd()}…`;
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

/** Does what was clicked for; when Slack lets nobody post there, the one who clicked hears of it. */
async function orSay(
  deps: ClickDeps,
  job: ClickedJob<Clicked>,
  text: string,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof UndeliverableError) await sayTo(deps, job, text);
    throw error;
  }
}

/** A word to the one who clicked alone: by way of the click itself where the bot is no member. */
async function sayTo(
  { respondUrl }: ClickDeps,
  { work, calls, lease }: ClickedJob<Partial<Clicked>>,
  text: string,
): Promise<void> {
  const { channel, user, threadTs, responseUrl } = work;
  if (channel === undefined || user === undefined) return;
  const reply = await calls('chat.postEphemeral', {
    ...{ channel, user, text },
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
  });
  if (reply.outcome !== 'refused' || responseUrl === undefined) return;
  await respondUrl(responseUrl, { response_type: 'ephemeral', replace_original: false, text }, lease.signal);
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
