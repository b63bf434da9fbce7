import type { AskRequest } from '../ask/events.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { SlackThreads } from '../ports/slack-threads.ts';
import { readThread } from './read-thread.ts';
import type { SlackCalls } from './slack-calls.ts';
import { historyOf } from './thread-history.ts';
import type { Question } from './work.ts';

export interface ConversationDeps {
  readonly conversations: Pick<ConversationStore, 'getConversation'>;
  readonly threads: SlackThreads;
  readonly now: () => number;
}

interface Asker {
  readonly question: Question;
  readonly calls: SlackCalls;
  readonly botUser: string | undefined;
}

/** In a direct conversation people go on without a thread; after this pause they begin anew. */
const GOES_ON_MS = 30 * 60_000;

/** The conversation of the thread, or what was said in it before the bot came. */
export async function saidBefore(
  { threads, conversations, now }: ConversationDeps,
  { question, calls, botUser }: Asker,
): Promise<Pick<AskRequest, 'conversationId' | 'history'>> {
  const { channel, threadTs, ts, via } = question;
  const own = threadTs === undefined ? undefined : await threads.find(channel, threadTs);
  const last = own === undefined && via === 'direct' ? await threads.find(channel) : undefined;
  const thread = own ?? (last !== undefined && now() - last.spokeAt < GOES_ON_MS ? last : undefined);
  const id = thread?.conversationId ?? '';
  // It may have been deleted since.
  if (id !== '' && (await conversations.getConversation(id)) !== undefined) return { conversationId: id };
  if (threadTs === undefined) return {};
  // Better an answer without what was said before than none.
  const messages = await readThread(calls, { channel, threadTs, before: ts }).catch(() => undefined);
  const history = historyOf(messages ?? [], botUser);
  return history.length === 0 ? {} : { history };
}

/** The thread is the bot's from now on, and carries this conversation on; none with an empty id. */
export async function remember(
  { threads, now }: ConversationDeps,
  question: Question,
  conversationId: string,
): Promise<void> {
  const { channel } = question;
  const threadTs = rootOf(question);
  // A word on an empty message does not end the conversation that the thread carries on.
  if (conversationId === '' && (await threads.find(channel, threadTs)) !== undefined) return;
  await threads.remember({ channel, threadTs, conversationId, spokeAt: now() });
}

/** The message that the thread of an answer hangs on. */
export function rootOf({ threadTs, ts }: Question): string {
  return threadTs ?? ts;
}
