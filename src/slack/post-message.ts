import type { KnownBlock, MessageMetadata } from '@slack/types';
import { SlackSilentError, UndeliverableError } from './faults.ts';
import type { Lease } from './lease.ts';
import { type Marker, markBlocks, toMetadata } from './marker.ts';
import { readThread, type ThreadMessage } from './read-thread.ts';
import type { OutgoingMessage } from './render-answer.ts';
import type { SlackCalls } from './slack-calls.ts';

/** Where an answer goes, and what is needed to look whether it is there. */
export interface ReplyPlace {
  readonly channel: string;
  /** `ts` of the message that the thread hangs on; without it, the message goes to the channel itself. */
  readonly threadTs?: string;
  /** A `ts` that is older than what is posted, such as that of the question. */
  readonly after: string;
}

export interface PostDeps {
  readonly calls: SlackCalls;
  readonly lease: Lease;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Told when Slack does not say whether it took a message, which may then arrive late. */
  readonly doubt: () => void;
  /** An earlier attempt may have posted it. */
  readonly resumed: boolean;
  /** Kept with the question before anything is posted, so that whoever resumes it looks into the thread first. */
  readonly progress: () => string;
}

/** Refusals that another form of the same message would meet as well. */
const FINAL = new Set([
  ...['aborted', 'access_denied', 'account_inactive', 'app_access_restricted', 'cannot_reply_to_message'],
  ...['channel_not_found', 'ekm_access_denied', 'invalid_auth', 'is_archived', 'is_inactive'],
  ...['messages_tab_disabled', 'missing_scope', 'no_permission', 'not_allowed_token_type', 'not_authed'],
  ...['not_in_channel', 'org_login_required', 'restricted_action', 'restricted_action_read_only_channel'],
  ...['restricted_action_non_threadable_channel', 'restricted_action_thread_locked'],
  ...['restricted_action_thread_only_channel', 'team_access_not_granted', 'team_not_found'],
  ...['thread_not_found', 'token_expired', 'token_revoked'],
]);
const TRIES = 4;

/**
 * Posts one message once: when Slack does not say what came of it, the thread is looked at before it is tried again; when Slack
 * refuses its form, it goes out as plain text. Rejects with `UndeliverableError` or `SlackSilentError`.
 */
export async function postMessage(
  deps: PostDeps,
  place: ReplyPlace,
  message: OutgoingMessage,
  marker: Marker,
): Promise<string> {
  const known = deps.resumed ? await findMarked(deps.calls, place, marker) : undefined;
  if (known !== undefined) return known.ts;
  const blocks = markBlocks(blocksOf(message), marker);
  const [text, ...more] = message.texts;
  const posted = await postOnce(deps, place, { text, blocks, metadata: toMetadata(marker) }, marker);
  if (posted.ts !== undefined) return posted.ts;
  if (FINAL.has(posted.refusal)) throw new UndeliverableError(posted.refusal);
  const [ts = ''] = await postTexts(deps, place, [text, ...more], marker);
  return ts;
}

/** All blocks of a message, its text among them. */
export function blocksOf({ markdown, blocks }: OutgoingMessage): KnownBlock[] {
  return markdown === '' ? [...blocks] : [{ type: 'markdown', text: markdown }, ...blocks];
}

async function postTexts(
  deps: PostDeps,
  place: ReplyPlace,
  texts: readonly string[],
  marker: Marker,
): Promise<string[]> {
  const posted: string[] = [];
  for (const [at, text] of texts.entries()) {
    const own = { ...marker, part: `${marker.part}.${at}` };
    const known = await findMarked(deps.calls, place, own);
    const { ts, refusal } = known
      ? { ts: known.ts, refusal: '' }
      : await postOnce(deps, place, { text, metadata: toMetadata(own) }, own);
    if (ts === undefined) throw new UndeliverableError(refusal);
    posted.push(ts);
  }
  return posted;
}

type Content = {
  readonly text: string;
  readonly blocks?: KnownBlock[];
  readonly metadata?: MessageMetadata;
};
type Posted =
  | { readonly ts: string; readonly refusal: '' }
  | { readonly ts: undefined; readonly refusal: string };

async function postOnce(
  { calls, lease, sleep, progress, doubt }: Omit<PostDeps, 'resumed'>,
  place: ReplyPlace,
  content: Content,
  marker: Marker,
): Promise<Posted> {
  const { channel, threadTs } = place;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    await lease.hold(progress());
    const reply = await calls('chat.postMessage', {
      channel,
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
      ...content,
      unfurl_links: false,
      unfurl_media: false,
    });
    if (reply.outcome === 'ok') return { ts: String(reply.body.ts), refusal: '' };
    if (reply.outcome === 'refused') {
      const { metadata, ...others } = content;
      // The blocks bear the mark as well.
      if (metadata === undefined || !reply.error.includes('metadata'))
        return { ts: undefined, refusal: reply.error };
      return postOnce({ calls, lease, sleep, progress, doubt }, place, others, marker);
    }
    // It may be there all the same, or arrive in a moment.
    doubt();
    await sleep(500 * 2 ** attempt, lease.signal);
    const there = await findMarked(calls, place, marker);
    if (there !== undefined) return { ts: there.ts, refusal: '' };
  }
  throw new SlackSilentError();
}

async function findMarked(
  calls: SlackCalls,
  place: ReplyPlace,
  wanted: Marker,
): Promise<ThreadMessage | undefined> {
  const messages = await readThread(calls, place);
  return messages?.find(
    ({ marker }) =>
      marker !== undefined && marker.question === wanted.question && marker.part === wanted.part,
  );
}
