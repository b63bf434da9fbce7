import { certain } from './faults.ts';
import type { Lease } from './lease.ts';
import { type Marker, markBlocks, toMetadata } from './marker.ts';
import { blocksOf, postMessage, type ReplyPlace } from './post-message.ts';
import { readThread } from './read-thread.ts';
import { groupMarkdown, type OutgoingMessage } from './render-answer.ts';
import type { SlackCalls } from './slack-calls.ts';
import type { StreamingTeams } from './streaming-teams.ts';
import { WORDS } from './words.ts';

/** What is noted of a question while its answer goes out. */
export interface ReplyProgress {
  /** Something may have been posted: look into the thread before posting anything. */
  readonly posting?: true;
  /** The message that the answer goes into. */
  readonly ts?: string;
}

export interface ReplyDeps {
  readonly calls: SlackCalls;
  readonly lease: Lease;
  readonly place: ReplyPlace & { readonly threadTs: string };
  /** Who asked: Slack wants to know for whom a stream in a channel is. */
  readonly recipient: { readonly user: string; readonly team: string };
  readonly botUser: string | undefined;
  /** Names the question in the messages that answer it. */
  readonly question: string;
  readonly streaming: StreamingTeams;
  readonly now: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Packs what is noted of the reply with what else is noted of the question. */
  readonly toProgress: (progress: ReplyProgress) => string;
}

export interface Reply {
  /** Keeps what is to be noted of the question, durably. */
  note(): Promise<void>;
  /** Shows more of the first message, in standard Markdown, as soon as Slack's pace allows. */
  write(markdown: string): Promise<void>;
  /**
   * Makes the reply these messages, whatever of it is there already. True when a call of unknown outcome may yet bring a message of
   * this question that is one too many.
   */
  finish(messages: readonly OutgoingMessage[]): Promise<boolean>;
}

/** `chat.appendStream` may be called about 100 times a minute, `chat.update` 50 times. */
const APPEND_EVERY_MS = 700;
const UPDATE_EVERY_MS = 1_300;
/** Whether a stream has begun is looked at this long after its beginning was not confirmed. */
const LOOK_AFTER_MS = 1_000;

/**
 * The answer to one question in its thread: streamed where Slack streams, else a message that is updated, else posted whole. Started
 * again after a crash, it goes on with the message that is there.
 */
export async function openReply(deps: ReplyDeps, resumed: ReplyProgress): Promise<Reply> {
  const { calls, lease, place, question, now, sleep } = deps;
  const { channel, threadTs } = place;
  const found = resumed.posting ? await lookBack(deps, resumed) : NOTHING;
  let ts = found.open;
  let mode = startMode();
  let shown = '';
  let wanted = '';
  let full = false;
  let lastShownAt = now();
  let doubtful = resumed.posting === true;
  const progress = () => deps.toProgress({ posting: true, ...(ts === undefined ? {} : { ts }) });
  const note = () => lease.hold(resumed.posting || ts !== undefined ? progress() : deps.toProgress({}));
  const doubt = () => {
    doubtful = true;
  };
  const posting = { calls, lease, sleep, progress, doubt, resumed: false };

  /** A message that is there already is made whole at the end; there is no telling what it shows meanwhile. */
  function startMode(): 'stream' | 'update' | 'wait' {
    if (resumed.posting) return 'wait';
    return deps.streaming.mayStream(deps.recipient.team) ? 'stream' : 'update';
  }

  async function write(markdown: string): Promise<void> {
    if (mode === 'wait' || full) return;
    const [group = '', ...later] = groupMarkdown(wanted === '' ? [markdown] : [wanted, markdown]);
    full = later.length > 0;
    wanted = group;
    if (mode === 'stream') await stream();
    if (mode === 'update') await showByUpdate();
  }

  async function stream(): Promise<void> {
    if (ts === undefined) return startStream();
    if (now() - lastShownAt < APPEND_EVERY_MS) return;
    await lease.hold();
    const reply = await calls('chat.appendStream', {
      channel,
      ts,
      markdown_text: wanted.slice(shown.length),
    });
    if (reply.outcome !== 'ok') mode = 'wait';
    shown = wanted;
    lastShownAt = now();
  }

  async function startStream(): Promise<void> {
    await lease.hold(progress());
    const reply = await calls('chat.startStream', {
      channel,
      thread_ts: threadTs,
      markdown_text: wanted,
      recipient_user_id: deps.recipient.user,
      recipient_team_id: deps.recipient.team,
    });
    if (reply.outcome === 'ok') {
      ts = String(reply.body.ts);
      shown = wanted;
      lastShownAt = now();
      return lease.hold(progress());
    }
    mode = 'update';
    if (reply.outcome === 'refused') return deps.streaming.refused(deps.recipient.team, reply.error);
    // The stream may have begun: then its message is the one to go on with.
    mode = 'wait';
    doubt();
    await sleep(LOOK_AFTER_MS, lease.signal);
    ts = (await lookBack(deps, {})).open;
  }

  /** An answer that is there within the first pause is posted once and whole. */
  async function showByUpdate(): Promise<void> {
    if (now() - lastShownAt < UPDATE_EVERY_MS) return;
    lastShownAt = now();
    const partial: OutgoingMessage = { markdown: wanted, blocks: [], texts: [WORDS.lookingUp] };
    const marker: Marker = { question, part: '0', complete: false };
    if (ts === undefined) {
      ts = await postMessage(posting, place, partial, marker);
      return lease.hold(progress());
    }
    await lease.hold();
    const [text] = partial.texts;
    await calls('chat.update', {
      channel,
      ts,
      text,
      blocks: blocksOf(partial),
      metadata: toMetadata(marker),
    });
  }

  async function finish(messages: readonly OutgoingMessage[]): Promise<boolean> {
    if (doubtful && ts === undefined && found === NOTHING) ts = (await lookBack(deps, {})).open;
    for (const [at, message] of messages.entries()) {
      const marker: Marker = { question, part: String(at), complete: true };
      if (found.complete.has(marker.part)) continue;
      if (at > 0 || ts === undefined) await postMessage(posting, place, message, marker);
      else if (mode !== 'stream' || !(await stopStream(message, marker))) await settle(ts, message, marker);
    }
    return doubtful;
  }

  async function stopStream(message: OutgoingMessage, marker: Marker): Promise<boolean> {
    if (ts === undefined || !message.markdown.startsWith(shown)) return false;
    const rest = message.markdown.slice(shown.length);
    await lease.hold();
    const reply = await calls('chat.stopStream', {
      channel,
      ts,
      ...(rest === '' ? {} : { markdown_text: rest }),
      ...(message.blocks.length === 0 ? {} : { blocks: markBlocks(message.blocks, marker) }),
      metadata: toMetadata(marker),
    });
    return reply.outcome === 'ok';
  }

  /** Makes the message at `at` this one, by replacing what it shows; a message that cannot be changed makes way for a new one. */
  async function settle(at: string, message: OutgoingMessage, marker: Marker): Promise<void> {
    await lease.hold();
    // Most are no streams, or have ended; only one that runs cannot be updated.
    if (mode !== 'update') certain(await calls('chat.stopStream', { channel, ts: at }));
    const [text, ...more] = message.texts;
    const blocks = markBlocks(blocksOf(message), marker);
    const metadata = toMetadata(marker);
    const forms = [{ text, blocks, metadata }, ...(more.length === 0 ? [{ text, metadata }] : [])];
    for (const form of forms) {
      await lease.hold();
      if (certain(await calls('chat.update', { channel, ts: at, ...form })).outcome === 'ok') return;
    }
    certain(await calls('chat.delete', { channel, ts: at }));
    ts = undefined;
    await postMessage(posting, place, message, marker);
  }

  return { write, finish, note };
}

/** What stands in the thread: the parts that are complete, and the message that is not, if there is one. */
interface Found {
  readonly complete: ReadonlySet<string>;
  readonly open: string | undefined;
}

const NOTHING: Found = { complete: new Set(), open: undefined };

/**
 * Looks for what an earlier attempt left in the thread. A stream bears no mark before it ends; but only one question of a thread is
 * worked on at a time, and all that is finished is marked, so an own message without a mark is the one that was begun for this question.
 */
async function lookBack(deps: ReplyDeps, { ts }: ReplyProgress): Promise<Found> {
  const { calls, place, question, botUser } = deps;
  const messages = await readThread(calls, place);
  if (messages === undefined) return { complete: new Set(), open: ts };
  const own = messages.filter(({ marker }) => marker?.question === question);
  const complete = own.flatMap(({ marker }) => (marker?.complete ? [marker.part] : []));
  const begun =
    own.find(({ marker }) => marker?.complete === false) ??
    messages.find((message) => message.marker === undefined && isByBot(message, botUser));
  return { complete: new Set(complete), open: complete.includes('0') ? undefined : (begun?.ts ?? ts) };
}

export function isByBot(message: { user?: string; isBot: boolean }, botUser: string | undefined): boolean {
  return message.user === undefined ? message.isBot : message.user === botUser;
}
