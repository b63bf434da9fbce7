import { refusalOf } from './fake-slack-limits.ts';

/** A message as it stands in the fake workspace. */
export interface FakeMessage {
  readonly channel: string;
  readonly ts: string;
  readonly thread_ts?: string;
  readonly user: string;
  readonly bot_id?: string;
  text: string;
  blocks: Record<string, unknown>[];
  metadata?: unknown;
  /** Only in a stream that has not been stopped. */
  streaming: boolean;
  edits: number;
}

export type FakeReply = Record<string, unknown> & { ok: boolean };
type Args = Readonly<Record<string, unknown>>;

export interface FakeWorkspace {
  readonly messages: FakeMessage[];
  /** What was shown to one person alone. */
  readonly ephemeral: Record<string, unknown>[];
  /** A message of a person; its `ts`. */
  say(channel: string, user: string, text: string, threadTs?: string): string;
  /** What Slack answers to a call. */
  call(method: string, args: Args): FakeReply;
  readonly removed: Set<string>;
}

export const BOT_USER = 'U0BOT';
const BOT_ID = 'B0BOT';
/** A channel the bot is not in. */
export const CLOSED_CHANNEL = 'C0CLOSED';

/** Channels, threads, streams and views as Slack keeps them, with its refusals. */
export function createFakeWorkspace(): FakeWorkspace {
  const messages: FakeMessage[] = [];
  const ephemeral: Record<string, unknown>[] = [];
  const removed = new Set<string>();
  let clock = 1_700_000_000_000_000;
  const nextTs = () => {
    clock += 1_000;
    return `${Math.floor(clock / 1e6)}.${String(clock % 1e6).padStart(6, '0')}`;
  };
  const find = (args: Args) => messages.find(({ channel, ts }) => channel === args.channel && ts === args.ts);
  const refuse = (error: string): FakeReply => ({ ok: false, error });

  function post(args: Args, streaming = false): FakeReply {
    if (args.channel === CLOSED_CHANNEL) return refuse('not_in_channel');
    if (typeof args.channel !== 'string') return refuse('channel_not_found');
    const message: FakeMessage = {
      ...{ channel: args.channel, ts: nextTs(), user: BOT_USER, bot_id: BOT_ID, streaming, edits: 0 },
      ...(args.thread_ts === undefined ? {} : { thread_ts: String(args.thread_ts) }),
      text: String(args.text ?? args.markdown_text ?? ''),
      blocks: (args.blocks ?? []) as Record<string, unknown>[],
      ...(args.metadata === undefined ? {} : { metadata: args.metadata }),
    };
    messages.push(message);
    return { ok: true, channel: message.channel, ts: message.ts, message };
  }

  const methods: Record<string, (args: Args) => FakeReply> = {
    'auth.test': () => ({
      ok: true,
      user_id: BOT_USER,
      bot_id: BOT_ID,
      team: 'Acme',
      team_id: 'T1',
      user: 'ibid',
    }),
    'chat.postMessage': (args) => {
      const refusal = refusalOf(args, 40_000);
      return refusal === undefined ? post(args) : refuse(refusal);
    },
    'chat.update': (args) => {
      const message = find(args);
      if (message === undefined) return refuse('message_not_found');
      if (message.streaming) return refuse('streaming_state_conflict');
      const refusal = refusalOf(args, 4_000);
      if (refusal !== undefined) return refuse(refusal);
      message.text = String(args.text ?? '');
      message.blocks = (args.blocks ?? []) as Record<string, unknown>[];
      if (args.metadata !== undefined) message.metadata = args.metadata;
      message.edits += 1;
      return { ok: true, ts: message.ts };
    },
    'chat.delete': (args) => {
      const at = messages.findIndex(({ channel, ts }) => channel === args.channel && ts === args.ts);
      if (at < 0) return refuse('message_not_found');
      if (messages[at]?.streaming) return refuse('streaming_state_conflict');
      messages.splice(at, 1);
      return { ok: true };
    },
    'chat.startStream': (args) => {
      if (args.thread_ts === undefined) return refuse('invalid_thread_ts');
      const direct = String(args.channel).startsWith('D');
      if (!direct && (args.recipient_user_id === undefined || args.recipient_team_id === undefined))
        return refuse('missing_recipient_user_id');
      if (String(args.markdown_text ?? '').length > 12_000) return refuse('msg_too_long');
      return post(args, true);
    },
    'chat.appendStream': (args) => {
      const message = find(args);
      if (message === undefined) return refuse('message_not_found');
      if (!message.streaming) return refuse('message_not_in_streaming_state');
      if (String(args.markdown_text ?? '').length > 12_000) return refuse('msg_too_long');
      message.text += String(args.markdown_text ?? '');
      return { ok: true, ts: message.ts };
    },
    'chat.stopStream': (args) => {
      const message = find(args);
      if (message === undefined) return refuse('message_not_found');
      if (!message.streaming) return refuse('message_not_in_streaming_state');
      const refusal = refusalOf({ text: '-', ...args }, 40_000);
      if (refusal !== undefined) return refuse(refusal);
      message.text += String(args.markdown_text ?? '');
      message.blocks = (args.blocks ?? []) as Record<string, unknown>[];
      if (args.metadata !== undefined) message.metadata = args.metadata;
      message.streaming = false;
      return { ok: true, ts: message.ts };
    },
    'chat.postEphemeral': (args) => {
      const refusal = refusalOf(args, 40_000);
      if (refusal !== undefined) return refuse(refusal);
      ephemeral.push({ ...args });
      return { ok: true, message_ts: nextTs() };
    },
    'conversations.replies': (args) => {
      const thread = messages.filter(
        ({ channel, ts, thread_ts }) => channel === args.channel && (ts === args.ts || thread_ts === args.ts),
      );
      if (thread.length === 0) return refuse('thread_not_found');
      return page(thread, args);
    },
    'conversations.history': (args) => {
      const top = messages.filter(
        ({ channel, thread_ts }) => channel === args.channel && thread_ts === undefined,
      );
      return page(top.reverse(), args);
    },
    'conversations.info': ({ channel }) => ({
      ok: true,
      channel: { id: channel, name: `name-of-${channel}` },
    }),
    'users.info': ({ user }) => ({
      ok: true,
      user: { id: user, name: 'orla', profile: { display_name: 'Orla' } },
    }),
    'assistant.threads.setStatus': () => ({ ok: true }),
    'assistant.threads.setSuggestedPrompts': (args) =>
      Array.isArray(args.prompts) && args.prompts.length <= 4 ? { ok: true } : refuse('invalid_arguments'),
    'views.publish': () => ({ ok: true }),
    'views.open': () => ({ ok: true }),
  };

  return {
    ...{ messages, ephemeral, removed },
    say(channel, user, text, threadTs) {
      const ts = nextTs();
      const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
      messages.push({ channel, ts, ...thread, user, text, blocks: [], streaming: false, edits: 0 });
      return ts;
    },
    call(method, args) {
      const run = removed.has(method) ? undefined : methods[method];
      return run === undefined ? refuse('unknown_method') : run(args);
    },
  };
}

/** A page of messages between two times; metadata is shown only to those who ask for it. */
function page(messages: readonly FakeMessage[], args: Args): FakeReply {
  const within = messages.filter(
    ({ ts, thread_ts }) =>
      thread_ts === undefined ||
      ((args.oldest === undefined || Number(ts) > Number(args.oldest)) &&
        (args.latest === undefined || Number(ts) < Number(args.latest))),
  );
  const from = Number(args.cursor ?? 0);
  const to = from + Number(args.limit ?? 100);
  const shown = within.slice(from, to).map(({ metadata, streaming: _, edits: __, ...message }) => ({
    ...{ type: 'message', ...message },
    ...(String(args.include_all_metadata) === 'true' && metadata !== undefined ? { metadata } : {}),
  }));
  const next = to < within.length ? { response_metadata: { next_cursor: String(to) } } : {};
  return { ok: true, messages: shown, has_more: to < within.length, ...next };
}
