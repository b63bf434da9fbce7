import { ModelError } from '../../model/model-error.ts';
import type { ChatPart } from '../../ports/chat-model.ts';

/** What is read of LangChain's `AIMessageChunk`. */
export interface ChatChunk {
  readonly content: unknown;
  readonly usage_metadata?: { readonly input_tokens?: number; readonly output_tokens?: number } | undefined;
  readonly response_metadata?: Readonly<Record<string, unknown>>;
  readonly additional_kwargs?: Readonly<Record<string, unknown>>;
}

export interface ChunkReader {
  /** The text of a chunk; thoughts, tool calls and the like have none. Throws a `ModelError` when a filter ended the reply. */
  read(chunk: ChatChunk): string;
  /** How the reply ended. Throws a `ModelError` when its server never said that it did. */
  end(): ChatPart;
}

/** The words of OpenAI (chat and responses), Anthropic and Ollama for how a reply ended. */
const CUT_OFF = new Set([
  'length',
  'max_tokens',
  'max_output_tokens',
  'model_context_window_exceeded',
  'incomplete',
]);
const FILTERED = new Set(['content_filter', 'refusal', 'safety']);

/** Reads the chunks of one reply. Tokens are those that the server counted last: counts within a stream only grow. */
export function createChunkReader(place: string): ChunkReader {
  let reason: string | undefined;
  let input = 0;
  let output = 0;
  return {
    read(chunk) {
      reason = reasonIn(chunk) ?? reason;
      input = Math.max(input, chunk.usage_metadata?.input_tokens ?? 0);
      output = Math.max(output, chunk.usage_metadata?.output_tokens ?? 0);
      if (reason !== undefined && FILTERED.has(reason))
        throw new ModelError('filtered', `${place} held its answer back by a content filter (${reason}).`);
      return textOf(chunk.content);
    },
    end() {
      if (reason === undefined)
        throw new ModelError('broken', `${place} ended its reply too early. Look at its log.`);
      const finish = CUT_OFF.has(reason) ? 'length' : 'stop';
      return { type: 'end', finish, ...(input > 0 ? { tokens: { input, output } } : {}) };
    },
  };
}

function reasonIn({ response_metadata = {}, additional_kwargs = {} }: ChatChunk): string | undefined {
  const { finish_reason, done_reason, done, status } = response_metadata;
  // Older releases of Ollama say that a reply is done without a reason.
  const named = [
    finish_reason,
    additional_kwargs.stop_reason,
    done_reason,
    status,
    done === true ? 'stop' : undefined,
  ];
  return named.find((one) => typeof one === 'string');
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((block: { type?: unknown; text?: unknown }) =>
      block.type === 'text' && typeof block.text === 'string' ? block.text : '',
    )
    .join('');
}
