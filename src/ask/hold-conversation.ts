import { IbidError } from '../model/errors.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import { pause } from './generate/time.ts';

export interface HoldRequest {
  readonly conversationId: string;
  /** The id that the question's turn will have. */
  readonly id: string;
  readonly signal: AbortSignal;
}

/** A process that ended in the midst of an answer does not hold its conversation for longer. */
const LAPSES_AFTER_MS = 120_000;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 500;

/**
 * Waits until no other process answers in a conversation, then holds it; the function that comes back lets go of it.
 * Throws `not_found` when there is no such conversation.
 */
export async function holdConversation(
  deps: { readonly conversations: ConversationStore; readonly now: () => number },
  { conversationId, id: turnId, signal }: HoldRequest,
): Promise<() => Promise<void>> {
  const holdFor = (milliseconds: number) => {
    const now = deps.now();
    return deps.conversations.holdConversation(conversationId, { turnId, now, until: now + milliseconds });
  };
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
    if (await holdFor(LAPSES_AFTER_MS)) break;
    const there = await deps.conversations.getConversation(conversationId, { limit: 1 });
    if (there === undefined) throw unknownConversation(conversationId);
    await pause(wait, signal);
  }
  return async () => {
    // It lapses by itself when the store fails.
    await holdFor(0).catch(() => false);
  };
}

/** The `not_found` of a conversation that was never begun, was deleted or has expired. */
export function unknownConversation(id: string): IbidError {
  return new IbidError(
    'not_found',
    `There is no conversation ${id}. Leave conversation_id out to begin a new one; its reply names the id to continue with.`,
  );
}
