import { openChatModel } from '../adapters/langchain/open-chat-model.ts';
import type { AskDeps } from '../ask/ask.ts';
import { createGeneration } from '../ask/generate/create-generation.ts';
import { readExtractively } from '../ask/read.ts';
import type { Config } from '../config.ts';
import { splitSentences } from '../ingest/sentences.ts';
import { IbidError } from '../model/errors.ts';
import type { Embedder } from '../ports/embedder.ts';
import type { Entailment } from '../ports/entailment.ts';
import { readPrompts } from './read-prompts.ts';

/** What judges whether a quote says what a sentence says. */
export interface Judges {
  readonly embedder: Embedder;
  readonly entailment: Entailment;
}

/**
 * How answers are read: written by the language model of the settings, or quoted without one. Rejects with `config_invalid`
 * when the prompts are faulty. The model's server is not called before the first question.
 */
export async function openModel(
  { model, prompts }: Config,
  judges: Judges,
  onFault: (message: string) => void = () => {},
): Promise<Pick<AskDeps, 'read' | 'condense' | 'translate' | 'checkSupport'>> {
  if (model === undefined) return { read: readExtractively };
  const { provider } = model;
  if (provider === 'workers-ai') {
    const advice = 'Name openai:NAME, anthropic:NAME or ollama:NAME';
    throw new IbidError('config_invalid', `IBID_MODEL workers-ai: runs on Cloudflare alone. ${advice}.`);
  }
  return createGeneration({
    chat: await openChatModel({ ...model, provider }),
    prompts: await readPrompts(prompts),
    ...{ ...judges, splitSentences, settings: model, onFault },
  });
}
