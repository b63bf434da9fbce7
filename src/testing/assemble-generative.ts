import { openChatModel } from '../adapters/langchain/open-chat-model.ts';
import { contextualise } from '../ask/contextualise.ts';
import { PATIENCE } from '../ask/generate/call-model.ts';
import { createCondense } from '../ask/generate/condense.ts';
import { createGenerativeReader, type GenerativeReaderDeps } from '../ask/generate/generative-reader.ts';
import { createTranslate } from '../ask/generate/translate.ts';
import { readExtractively } from '../ask/read.ts';
import { splitSentences } from '../ingest/sentences.ts';
import { readPrompts } from '../node/read-prompts.ts';
import type { ChatModel } from '../ports/chat-model.ts';
import { type AssembledIbid, assembleIbid } from './assemble.ts';
import type { FakeModelServer } from './fake-model-server.ts';
import { wordSupport } from './word-support.ts';

export type Wire = 'openai' | 'anthropic' | 'ollama';
export const WIRES: readonly Wire[] = ['openai', 'anthropic', 'ollama'];

/** Pauses are short; what a busy machine may take longer for is waited for. */
const QUICK = { ...PATIENCE, firstPause: 5, longestPause: 1_500 };
/** Milliseconds after which nothing but a hang is left to explain it. */
const AMPLE = 20_000;

export interface GenerativeChanges extends Partial<GenerativeReaderDeps> {
  /** Milliseconds that a question may wait to be written anew. */
  readonly rewrittenWithin?: number;
}

/** The model of a fake server, spoken to over one of the wires. */
export function fakeChatModel(server: FakeModelServer, wire: Wire, apiKey = 'sk-test'): Promise<ChatModel> {
  const baseUrl = wire === 'openai' ? `${server.url}/v1` : server.url;
  return openChatModel({ provider: wire, model: 'fake', apiKey, baseUrl, contextTokens: 4096 });
}

/** The whole of Ibid with a language model, whose sentences `wordSupport` judges; `faults` are what the owner is told. */
export async function assembleGenerative(
  chat: ChatModel,
  { rewrittenWithin = AMPLE, ...changes }: GenerativeChanges = {},
  overrides: Parameters<typeof assembleIbid>[0] = {},
): Promise<AssembledIbid & { readonly faults: string[] }> {
  const faults: string[] = [];
  const deps: GenerativeReaderDeps = {
    chat,
    prompts: await readPrompts(undefined),
    countTokens: (text) => Math.ceil(text.length / 4),
    patience: QUICK,
    splitSentences,
    maxTokens: 300,
    contextTokens: 4096,
    within: AMPLE,
    fallback: readExtractively,
    onFault: (message) => faults.push(message),
    ...changes,
  };
  const read = createGenerativeReader(deps);
  const condense = createCondense({ ...deps, within: rewrittenWithin, fallback: contextualise });
  const translate = createTranslate({ ...deps, within: rewrittenWithin });
  const ibid = await assembleIbid({ read, condense, translate, checkSupport: wordSupport, ...overrides });
  return Object.assign(ibid, { faults });
}
