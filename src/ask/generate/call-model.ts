import { ModelError } from '../../model/model-error.ts';
import type { Usage } from '../../model/usage.ts';
import type { ChatMessage, ChatModel, ChatPart, ChatTokens } from '../../ports/chat-model.ts';
import { pause, settledBefore } from './time.ts';

export interface CallDeps {
  readonly chat: ChatModel;
  /** US dollars for a million tokens read and written. */
  readonly price?: { readonly input: number; readonly output: number };
  readonly countTokens: (text: string) => number;
  readonly patience: Patience;
}

export interface Patience {
  /** Calls for one reply. */
  readonly tries: number;
  /** Milliseconds before the second try; each further one waits twice as long, or as the server asks. */
  readonly firstPause: number;
  /** Milliseconds that nobody would wait for: the server asks for more, and the call fails at once. */
  readonly longestPause: number;
  /** Milliseconds without a further piece after which a reply that has begun counts as broken. */
  readonly stall: number;
}

export const PATIENCE: Patience = { tries: 3, firstPause: 300, longestPause: 10_000, stall: 20_000 };

export interface Call {
  readonly messages: readonly ChatMessage[];
  readonly maxTokens: number;
  /** Ends the call; its reason says why. */
  readonly signal: AbortSignal;
  readonly onUsage: (usage: Usage) => void;
}

/** Characters that a token stands for at the very most. */
const CHARACTERS_A_TOKEN = 16;

/**
 * The text of a reply, piece by piece. A fault that may pass is tried again as long as nothing was said; any other throws a
 * `ModelError`, also when the reply was cut off. Never waits longer than `signal` allows, whatever the model does.
 */
export async function* callModel(deps: CallDeps, call: Call): AsyncGenerator<string> {
  const { tries, firstPause, longestPause } = deps.patience;
  for (let failed = 1; ; failed++) {
    const progress = { said: false };
    try {
      return yield* tryOnce(deps, call, progress);
    } catch (error) {
      if (!(error instanceof ModelError) || progress.said || !error.mayPass || failed >= tries) throw error;
      const wait = Math.max(error.retryAfter ?? 0, firstPause * 2 ** (failed - 1));
      if (wait > longestPause) throw error;
      await pause(wait, call.signal);
    }
  }
}

async function* tryOnce(deps: CallDeps, call: Call, progress: { said: boolean }): AsyncGenerator<string> {
  const { chat, patience } = deps;
  const { messages, maxTokens } = call;
  const ended = new AbortController();
  const signal = AbortSignal.any([call.signal, ended.signal]);
  const parts = chat.stream({ messages, maxTokens, signal })[Symbol.asyncIterator]();
  let text = '';
  let tokens: ChatTokens | undefined;
  try {
    for (;;) {
      const part = await nextPart(parts, call.signal, progress.said ? patience.stall : undefined, chat.id);
      if (part.type === 'end') {
        tokens = part.tokens;
        return assertWhole(part.finish, text, call, chat.id);
      }
      text += part.text;
      if (text.length > maxTokens * CHARACTERS_A_TOKEN) throw endless(chat.id, maxTokens);
      if (part.text === '') continue;
      progress.said = true;
      yield part.text;
    }
  } finally {
    ended.abort();
    // A model that hangs may never return; nobody waits for it.
    parts.return?.().then(undefined, () => {});
    if (tokens !== undefined || text !== '') call.onUsage(usageOf(deps, call, text, tokens));
  }
}

function assertWhole(finish: 'stop' | 'length', text: string, { maxTokens }: Call, id: string): void {
  if (finish === 'length') throw endless(id, maxTokens);
  if (text.trim() === '')
    throw new ModelError('empty', `${id} wrote nothing. Look at the log of its server.`);
}

function endless(id: string, maxTokens: number): ModelError {
  const advice = 'If it thinks before it answers, raise IBID_MODEL_MAX_TOKENS.';
  return new ModelError('endless', `${id} had not come to an end after ${maxTokens} tokens. ${advice}`);
}

async function nextPart(
  parts: AsyncIterator<ChatPart>,
  signal: AbortSignal,
  stall: number | undefined,
  id: string,
): Promise<ChatPart> {
  const late = () => new ModelError('timeout', `${id} stopped in the middle of its reply.`);
  const { done, value } = await settledBefore(parts.next(), signal, stall, late);
  if (done !== true) return value;
  throw new ModelError('broken', `The reply of ${id} ended without its end.`);
}

function usageOf(
  { chat, price, countTokens }: CallDeps,
  { messages }: Call,
  text: string,
  tokens: ChatTokens | undefined,
): Usage {
  const inputTokens = tokens?.input ?? messages.reduce((sum, { content }) => sum + countTokens(content), 0);
  const outputTokens = tokens?.output ?? countTokens(text);
  return {
    model: chat.id,
    inputTokens,
    outputTokens,
    estimated: tokens === undefined,
    ...(price && { costUsd: (inputTokens * price.input + outputTokens * price.output) / 1_000_000 }),
  };
}
