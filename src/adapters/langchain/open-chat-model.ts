import { messageOf } from '../../model/errors.ts';
import { ModelError } from '../../model/model-error.ts';
import type { ChatModel, ChatPart, ChatRequest } from '../../ports/chat-model.ts';
import { createChunkReader } from './chat-chunks.ts';
import { type ChatServer, type CreateClient, DEFAULT_URLS, type Habits, loadClient } from './chat-clients.ts';
import { brokenStream } from './chat-fault.ts';
import { createChatFetch } from './chat-fetch.ts';

/** The words by which servers name what they do not take. */
const REFUSED_HABITS: readonly (readonly [RegExp, keyof Habits])[] = [
  [/max_completion_tokens/, 'maxTokens'],
  [/\btemperature\b/i, 'temperature'],
  [/stream_options/, 'streamUsage'],
];

/** A LangChain chat model, opened without a call to its server. What the model refuses of a request is left out from then on. */
export async function openChatModel(
  server: ChatServer,
  options: { readonly fetch?: typeof fetch } = {},
): Promise<ChatModel> {
  const createClient = await loadClient(server);
  const id = `${server.provider}:${server.model}`;
  const url = (server.baseUrl ?? DEFAULT_URLS[server.provider]).replace(/\/+$/, '');
  const place = `The model server at ${url} (${id})`;
  const withoutKey = server.apiKey === undefined;
  let habits: Habits = { temperature: true, streamUsage: true, maxTokens: true };
  return {
    id,
    async *stream(request) {
      for (;;) {
        const connection = { url, place, withoutKey, fetch: options.fetch ?? fetch };
        const progress = { begun: false };
        try {
          return yield* streamOnce({ ...connection, createClient, habits }, request, progress);
        } catch (error) {
          const refused = progress.begun ? undefined : refusedHabit(error, habits);
          if (refused === undefined) throw error;
          habits = { ...habits, [refused]: false };
        }
      }
    },
  };
}

interface Connection {
  readonly url: string;
  readonly place: string;
  readonly withoutKey: boolean;
  readonly fetch: typeof fetch;
  readonly createClient: CreateClient;
  readonly habits: Habits;
}

async function* streamOnce(
  { url, habits, createClient, ...connection }: Connection,
  { messages, maxTokens, signal }: ChatRequest,
  progress: { begun: boolean },
): AsyncGenerator<ChatPart> {
  const chatFetch = createChatFetch({ ...connection, signal });
  const reader = createChunkReader(connection.place);
  try {
    const client = createClient({ url, habits, maxTokens, fetch: chatFetch.fetch });
    const given = messages.map(({ role, content }): [string, string] => [role, content]);
    for await (const chunk of await client.stream(given, { signal })) {
      progress.begun = true;
      const text = reader.read(chunk);
      if (text !== '') yield { type: 'text', text };
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ModelError) throw error;
    throw chatFetch.fault() ?? brokenStream(error, connection.place);
  }
  signal.throwIfAborted();
  yield reader.end();
}

/** What to leave out of the next try. A client may refuse by itself, without asking its server. */
function refusedHabit(error: unknown, habits: Habits): keyof Habits | undefined {
  if (!(error instanceof ModelError) || !['request_refused', 'broken'].includes(error.fault))
    return undefined;
  return REFUSED_HABITS.find(([words, habit]) => habits[habit] && words.test(messageOf(error)))?.[1];
}
