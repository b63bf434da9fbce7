type Finish = 'stop' | 'length' | 'filtered';
interface Tokens {
  readonly input: number;
  readonly output: number;
}

/** How a protocol streams a reply; each method gives the text of one or more events. */
export interface ModelWire {
  readonly name: 'openai' | 'anthropic' | 'ollama';
  readonly path: string;
  readonly mediaType: string;
  start(): string;
  text(piece: string): string;
  end(finish: Finish, tokens: Tokens | undefined): string;
  /** A fault in the middle of the stream. */
  fault(message: string): string;
  /** The body of a refusal. */
  refusal(message: string): unknown;
}

/** https://platform.openai.com/docs/api-reference/chat-streaming */
const OPENAI: ModelWire = {
  name: 'openai',
  path: '/v1/chat/completions',
  mediaType: 'text/event-stream',
  // Comments and empty choices are sent by some servers.
  start: () => `: ping\n\n${chatChunk({ choices: [choice({ role: 'assistant', content: '' })] })}`,
  text: (content) => chatChunk({ choices: [choice({ content })] }),
  end: (finish, tokens) =>
    chatChunk({
      choices: [choice({}, { stop: 'stop', length: 'length', filtered: 'content_filter' }[finish])],
    }) +
    (tokens === undefined
      ? ''
      : chatChunk({
          choices: [],
          usage: {
            prompt_tokens: tokens.input,
            completion_tokens: tokens.output,
            total_tokens: tokens.input + tokens.output,
          },
        })) +
    'data: [DONE]\n\n',
  fault: (message) => `data: ${JSON.stringify({ error: { message, type: 'server_error' } })}\n\n`,
  refusal: (message) => ({ error: { message, type: 'invalid_request_error', code: null } }),
};

function chatChunk(fields: object): string {
  const frame = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'fake' };
  return `data: ${JSON.stringify({ ...frame, ...fields })}\n\n`;
}

function choice(delta: object, finish_reason: string | null = null): object {
  return { index: 0, delta, finish_reason };
}

/** https://docs.anthropic.com/en/docs/build-with-claude/streaming */
const ANTHROPIC: ModelWire = {
  name: 'anthropic',
  path: '/v1/messages',
  mediaType: 'text/event-stream',
  start: () =>
    named({
      type: 'message_start',
      message: {
        ...{ id: 'msg_1', type: 'message', role: 'assistant', model: 'fake', content: [] },
        ...{ stop_reason: null, stop_sequence: null, usage: { input_tokens: 120, output_tokens: 1 } },
      },
    }) +
    named({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }) +
    named({ type: 'ping' }),
  text: (text) => named({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
  end: (finish, tokens) =>
    named({ type: 'content_block_stop', index: 0 }) +
    named({
      type: 'message_delta',
      delta: {
        stop_reason: { stop: 'end_turn', length: 'max_tokens', filtered: 'refusal' }[finish],
        stop_sequence: null,
      },
      usage: { output_tokens: tokens?.output ?? 0 },
    }) +
    named({ type: 'message_stop' }),
  fault: (message) => named({ type: 'error', error: { type: 'overloaded_error', message } }),
  refusal: (message) => ({ type: 'error', error: { type: 'invalid_request_error', message } }),
};

function named(event: { readonly type: string; readonly [field: string]: unknown }): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** https://github.com/ollama/ollama/blob/main/docs/api.md */
const OLLAMA: ModelWire = {
  name: 'ollama',
  path: '/api/chat',
  mediaType: 'application/x-ndjson',
  start: () => '',
  text: (content) => line({ message: { role: 'assistant', content }, done: false }),
  end: (finish, tokens) =>
    line({
      message: { role: 'assistant', content: '' },
      done: true,
      done_reason: { stop: 'stop', length: 'length', filtered: 'content_filter' }[finish],
      ...(tokens && { prompt_eval_count: tokens.input, eval_count: tokens.output }),
    }),
  fault: (message) => `${JSON.stringify({ error: message })}\n`,
  refusal: (message) => ({ error: message }),
};

function line(fields: object): string {
  return `${JSON.stringify({ model: 'fake', created_at: '2026-01-01T00:00:00Z', ...fields })}\n`;
}

export const MODEL_WIRES: readonly ModelWire[] = [OPENAI, ANTHROPIC, OLLAMA];
