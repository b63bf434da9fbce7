import type { Span } from '../../model/document.ts';
import type { ChatModel } from '../../ports/chat-model.ts';
import type { Embedder } from '../../ports/embedder.ts';
import type { AskDeps } from '../ask.ts';
import { contextualise } from '../contextualise.ts';
import { readExtractively } from '../read.ts';
import { createSupportCheck, type SupportDeps } from '../support.ts';
import { PATIENCE } from './call-model.ts';
import { createCondense } from './condense.ts';
import { createGenerativeReader } from './generative-reader.ts';
import type { Prompts } from './prompts.ts';
import { createTranslate } from './translate.ts';

export interface GenerationDeps extends Omit<SupportDeps, 'embedder'> {
  readonly chat: ChatModel;
  readonly prompts: Prompts;
  readonly embedder: Embedder;
  readonly splitSentences: (text: string) => Span[];
  readonly settings: GenerationSettings;
  /** Told what went wrong, for the owner. */
  readonly onFault: (message: string) => void;
}

export interface GenerationSettings {
  /** Tokens of a prompt and its reply together. */
  readonly contextTokens: number;
  /** Longest reply in tokens. */
  readonly maxTokens: number;
  /** Milliseconds for an answer, all calls together. */
  readonly timeoutMs: number;
  /** US dollars for a million tokens read and written. */
  readonly price?: { readonly input: number; readonly output: number };
}

/** Milliseconds that a question waits for the model to write it anew. */
const REWRITTEN_WITHIN = 8_000;

/** What `createAsk` needs for answers that a language model writes. */
export function createGeneration(
  deps: GenerationDeps,
): Required<Pick<AskDeps, 'read' | 'condense' | 'translate' | 'checkSupport'>> {
  const { settings, embedder, splitSentences, chat, prompts, onFault, ...support } = deps;
  const { contextTokens, maxTokens, timeoutMs, price } = settings;
  const rewrittenWithin = Math.min(REWRITTEN_WITHIN, timeoutMs);
  const countTokens = (text: string) => embedder.countTokens(text);
  const call = { chat, prompts, onFault, countTokens, patience: PATIENCE, ...(price && { price }) };
  return {
    checkSupport: createSupportCheck({ ...support, embedder }),
    read: createGenerativeReader({
      ...call,
      ...{ splitSentences, contextTokens, maxTokens },
      within: timeoutMs,
      fallback: readExtractively,
    }),
    condense: createCondense({ ...call, within: rewrittenWithin, fallback: contextualise }),
    translate: createTranslate({ ...call, within: rewrittenWithin }),
  };
}
