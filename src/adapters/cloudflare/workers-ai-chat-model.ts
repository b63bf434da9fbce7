import type { Ai } from '@cloudflare/workers-types';
import { messageOf } from '../../model/errors.ts';
import { ModelError, type ModelFault } from '../../model/model-error.ts';
import type { ChatModel, ChatPart, ChatRequest, ChatTokens } from '../../ports/chat-model.ts';
import { eventData } from './event-data.ts';

/** What is read of an event: Workers AI's own form, and that of the models which stream as OpenAI does. */
interface StreamedEvent {
  readonly response?: unknown;
  readonly choices?: readonly {
    readonly delta?: { readonly content?: unknown };
    readonly finish_reason?: string | null;
  }[];
  readonly usage?: { readonly prompt_tokens?: number; readonly completion_tokens?: number } | null;
}

/** Codes within the messages of Workers AI (https://developers.cloudflare.com/workers-ai/platform/errors/). */
const FAULTS: readonly (readonly [RegExp, ModelFault, string])[] = [
  [/\b(?:3036|4006)\b/, 'quota_used_up', 'The account has used what it may use today.'],
  [/\b(?:3040|429)\b/, 'rate_limited', 'It is asked too often at the moment.'],
  [/\b(?:5007|3042|1031)\b/, 'model_unknown', 'Correct IBID_MODEL.'],
  [/\b(?:5004|3003|5021)\b/, 'request_refused', 'Lower IBID_MODEL_CONTEXT_TOKENS.'],
];

/** A text model of Workers AI, over the binding. */
export function createWorkersAiChatModel(options: {
  readonly ai: Pick<Ai, 'run'>;
  /** Such as `@cf/meta/llama-3.3-70b-instruct-fp8-fast`. */
  readonly model: string;
}): ChatModel {
  const { ai, model } = options;
  const run = ai.run.bind(ai) as unknown as (name: string, input: object) => Promise<unknown>;
  return {
    id: `workers-ai:${model}`,
    async *stream({ messages, maxTokens, signal }: ChatRequest) {
      const input = { messages, max_tokens: maxTokens, temperature: 0, stream: true };
      const body = await run(model, input).catch((error: unknown) => {
        throw faultOf(error, model);
      });
      if (!(body instanceof ReadableStream)) throw faultOf('It does not stream.', model);
      yield* partsOf(eventData(body as ReadableStream<Uint8Array>, signal), model, signal);
    },
  };
}

async function* partsOf(
  events: AsyncIterable<string>,
  model: string,
  signal: AbortSignal,
): AsyncGenerator<ChatPart> {
  let tokens: ChatTokens | undefined;
  let reason = 'stop';
  try {
    for await (const data of events) {
      if (data === '[DONE]') {
        yield { type: 'end', finish: reason === 'length' ? 'length' : 'stop', ...(tokens && { tokens }) };
        return;
      }
      const event = JSON.parse(data) as StreamedEvent;
      const [choice] = event.choices ?? [];
      const text = choice?.delta?.content ?? event.response;
      reason = choice?.finish_reason ?? reason;
      if (reason === 'content_filter') throw new ModelError('filtered', `${model} held its answer back.`);
      const { prompt_tokens: input, completion_tokens: output } = event.usage ?? {};
      if (input !== undefined && output !== undefined) tokens = { input, output };
      if (typeof text === 'string' && text !== '') yield { type: 'text', text };
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof ModelError ? error : broken(model, error);
  }
  signal.throwIfAborted();
  throw broken(model);
}

function broken(model: string, cause?: unknown): ModelError {
  return new ModelError('broken', `Workers AI broke off the reply of ${model}.`, { cause });
}

function faultOf(error: unknown, model: string): ModelError {
  const said = messageOf(error);
  const known = FAULTS.find(([code]) => code.test(said));
  const [, fault, advice] = known ?? [said, 'server_failed' as const, 'Try again later.'];
  return new ModelError(fault, `Workers AI (${model}) failed: ${said.slice(0, 300)}. ${advice}`, {
    cause: error,
  });
}
