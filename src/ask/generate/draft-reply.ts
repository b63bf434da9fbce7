import type { Span } from '../../model/document.ts';
import type { ChatMessage } from '../../ports/chat-model.ts';
import type { ReadInput } from '../../ports/reader.ts';
import { type CallDeps, callModel } from './call-model.ts';
import { createDrafter, type Draft } from './drafts.ts';

export interface DraftDeps extends CallDeps {
  readonly splitSentences: (text: string) => Span[];
  /** Longest reply in tokens. */
  readonly maxTokens: number;
}

/** A model's reply, sentence by sentence. What was whole before a fault comes before it. */
export async function* draftReply(
  deps: DraftDeps,
  messages: readonly ChatMessage[],
  { note, signal }: Pick<ReadInput, 'note' | 'signal'>,
): AsyncGenerator<Draft> {
  const { maxTokens, splitSentences } = deps;
  const drafter = createDrafter(splitSentences);
  const reply = callModel(deps, {
    messages,
    maxTokens,
    signal,
    onUsage: (usage) => note({ type: 'usage', usage }),
  });
  try {
    for await (const delta of reply) yield* drafter.push(delta);
  } catch (error) {
    yield* drafter.end('cut off');
    throw error;
  }
  yield* drafter.end('whole');
}
