import { openChatModel } from '../adapters/langchain/open-chat-model.ts';
import type { AskDeps } from '../ask/ask.ts';
import { contextualise } from '../ask/contextualise.ts';
import { PATIENCE } from '../ask/generate/call-model.ts';
import { createCondense } from '../ask/generate/condense.ts';
import { createGenerativeReader } from '../ask/generate/generative-reader.ts';
import { readExtractively } from '../ask/read.ts';
import { createSupportCheck } from '../ask/support.ts';
import type { Config } from '../config.ts';
import { splitSentences } from '../ingest/sentences.ts';
import type { Embedder } from '../ports/embedder.ts';
import { readPrompts } from './read-prompts.ts';

/** Milliseconds that a follow-up waits for the model to condense it. */
const CONDENSE_WITHIN = 8_000;

/**
 * How answers are read: written by the language model of the settings, or quoted without one. Rejects with `config_invalid`
 * when the prompts are faulty. The model's server is not called before the first question.
 */
export async function openModel(
  config: Config,
  embedder: Embedder,
  onFault: (message: string) => void = () => {},
): Promise<Pick<AskDeps, 'read' | 'condense' | 'checkSupport'>> {
  const { model } = config;
  if (model === undefined) return { read: readExtractively };
  const prompts = await readPrompts(config.prompts);
  const chat = await openChatModel(model);
  const { price, maxTokens, contextTokens, timeoutMs } = model;
  const countTokens = (text: string) => embedder.countTokens(text);
  const call = { chat, prompts, countTokens, onFault, patience: PATIENCE, ...(price && { price }) };
  return {
    checkSupport: createSupportCheck({ embedder }),
    read: createGenerativeReader({
      ...call,
      ...{ maxTokens, contextTokens, splitSentences },
      within: timeoutMs,
      fallback: readExtractively,
    }),
    condense: createCondense({
      ...call,
      within: Math.min(CONDENSE_WITHIN, timeoutMs),
      fallback: contextualise,
    }),
  };
}
