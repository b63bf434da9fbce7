import { createWorkersAiChatModel } from '../adapters/cloudflare/workers-ai-chat-model.ts';
import type { AskDeps } from '../ask/ask.ts';
import { createGeneration } from '../ask/generate/create-generation.ts';
import { PROMPT_VARIABLES, type PromptName, type Prompts, parsePrompts } from '../ask/generate/prompts.ts';
import { readExtractively } from '../ask/read.ts';
import type { Config } from '../config.ts';
import { splitSentences } from '../ingest/sentences.ts';
import { IbidError } from '../model/errors.ts';
import type { Embedder } from '../ports/embedder.ts';
import { createWorkerAssets } from './assets.ts';
import type { Env } from './env.ts';

/** How answers are read: written by a model of Workers AI, or quoted without one. Rejects with `config_invalid`. */
export async function openWorkerModel(
  { AI, ASSETS }: Pick<Env, 'AI' | 'ASSETS'>,
  { model }: Config,
  embedder: Embedder,
  onFault: (message: string) => void,
): Promise<Pick<AskDeps, 'read' | 'condense' | 'translate' | 'checkSupport'>> {
  if (model === undefined) return { read: readExtractively };
  if (model.provider !== 'workers-ai' || AI === undefined) {
    const advice = 'Here it must be workers-ai:NAME, and wrangler.toml must bind AI';
    throw new IbidError('config_invalid', `IBID_MODEL ${model.provider}: cannot be used. ${advice}.`);
  }
  return createGeneration({
    chat: createWorkersAiChatModel({ ai: AI, model: model.model }),
    prompts: await readPrompts(ASSETS),
    ...{ embedder, splitSentences, settings: model, onFault },
  });
}

/** The build put them among the assets; the Worker serves none of these by itself. */
async function readPrompts(assets: Env['ASSETS']): Promise<Prompts> {
  const { read } = createWorkerAssets(assets);
  const names = Object.keys(PROMPT_VARIABLES) as PromptName[];
  const texts = await Promise.all(
    names.map(async (name) => [name, new TextDecoder().decode(await read(`prompts/${name}.md`))] as const),
  );
  return parsePrompts(Object.fromEntries(texts) as Record<PromptName, string>);
}
