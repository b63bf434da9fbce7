import {
  AbstractChat,
  type ChatState,
  type ChatStatus,
  DefaultChatTransport,
  readUIMessageStream,
  type UIMessage,
} from 'ai';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Ask, AskRequest } from '../../ask/events.ts';
import { postQuestion } from '../../testing/ask-over-http.ts';
import { type AssembledIbid, assembleIbid } from '../../testing/assemble.ts';
import { createFakeAsk, declinedEvents, fakeDependencies } from '../../testing/http-fakes.ts';
import { type Listening, listen } from '../../testing/listen.ts';
import { createApp } from '../app.ts';
import type { WireCitation } from '../encoders/json.ts';
import type { AskResponse } from '../schemas/ask.ts';

type Message = UIMessage<
  { answer_id: string; conversation_id: string },
  { citation: WireCitation; answer: AskResponse; found: { standalone_question: string } }
>;

const QUESTION = 'When does the ferry leave the harbour?';

let ibid: AssembledIbid;
let server: Listening;
beforeAll(async () => {
  ibid = await assembleIbid();
  await ibid.ingest({
    'ferry.md': '# Ferry\n\nThe ferry leaves the harbour at nine. The ferry carries forty cars over it.\n',
    'owls.md': '# Owls\n\nBarn owls nest in old barns.\n',
  });
  server = await listen(ibid.app);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await ibid[Symbol.asyncDispose]();
});

/** What `useChat` keeps, without React. */
class PlainState implements ChatState<Message> {
  status: ChatStatus = 'ready';
  error: Error | undefined;
  messages: Message[] = [];
  pushMessage = (message: Message) => {
    this.messages = [...this.messages, message];
  };
  popMessage = () => {
    this.messages = this.messages.slice(0, -1);
  };
  replaceMessage = (index: number, message: Message) => {
    this.messages = this.messages.with(index, message);
  };
  snapshot = <T>(value: T): T => structuredClone(value);
}

/** The chat behind `useChat`, which React's hook only renders. */
class PlainChat extends AbstractChat<Message> {
  constructor(
    url: string,
    init: { headers?: Record<string, string>; onData?: (part: unknown) => void } = {},
  ) {
    const { onData, ...options } = init;
    const transport = new DefaultChatTransport<Message>({ api: `${url}/v1/ui-stream`, ...options });
    super({ state: new PlainState(), transport, ...(onData ? { onData } : {}) });
  }
}

function textOf({ parts }: Message): string {
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

function bare({ marker, quote, start, end, uri, answer_start, answer_end }: WireCitation) {
  return { marker, quote, start, end, uri, answer_start, answer_end };
}

describe('useChat', () => {
  it('shows the answer of /v1/ask, with a source for each quote and each citation whole', async () => {
    const found: unknown[] = [];
    const chat = new PlainChat(server.url, { onData: (part) => found.push(part) });
    await chat.sendMessage({ text: QUESTION });
    const answer = (await (await postQuestion(ibid.app, { question: QUESTION })).json()) as AskResponse;
    const message = chat.messages[1] as Message;
    expect([chat.status, chat.error, chat.messages.length]).toEqual(['ready', undefined, 2]);
    expect([message.role, textOf(message)]).toEqual(['assistant', answer.text]);
    const citations = message.parts.flatMap((part) => (part.type === 'data-citation' ? [part.data] : []));
    expect(citations.map(bare)).toEqual(answer.citations.map(bare));
    const sources = message.parts.flatMap((part) => (part.type === 'source-url' ? [part] : []));
    expect(sources.map(({ sourceId }) => sourceId)).toEqual([
      ...new Set(answer.citations.map(({ marker }) => String(marker))),
    ]);
    expect(sources[0]).toMatchObject({ title: 'Ferry', providerMetadata: { ibid: citations[0] } });
    const landed = await fetch(sources[0]?.url ?? '', { headers: { accept: 'text/html' } });
    expect(await landed.text()).toContain(citations[0]?.quote);
    const [rest] = message.parts.flatMap((part) => (part.type === 'data-answer' ? [part.data] : []));
    expect(rest).toMatchObject({ status: 'answered', confidence: answer.confidence, id: message.id });
    expect(message.metadata).toEqual({ answer_id: rest?.id, conversation_id: rest?.conversation_id });
    expect(found[0]).toMatchObject({ type: 'data-found', data: { standalone_question: QUESTION } });
  });

  it('reads a follow-up by the messages before it, and regenerates', async () => {
    const standalone: string[] = [];
    const onData = (part: unknown) => {
      const { type, data } = part as { type: string; data: { standalone_question: string } };
      if (type === 'data-found') standalone.push(data.standalone_question);
    };
    const chat = new PlainChat(server.url, { onData });
    await chat.sendMessage({ text: QUESTION });
    await chat.sendMessage({ text: 'Why does it?' });
    await chat.regenerate();
    expect(chat.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant']);
    expect(standalone[1]).toContain('ferry');
    expect(standalone[2]).toBe(standalone[1]);
  });

  it('continues a stored conversation when told which', async () => {
    const chat = new PlainChat(server.url);
    await chat.sendMessage({ text: QUESTION });
    const { conversation_id, answer_id } = chat.messages[1]?.metadata ?? {};
    await chat.sendMessage({ text: 'Why does it?' }, { body: { conversation_id } });
    const kept = await ibid.deps.conversations.getConversation(conversation_id ?? '');
    expect(kept?.turns.map(({ id }) => id)).toEqual([answer_id, chat.messages[3]?.metadata?.answer_id]);
  });

  it('shows a decline as a message', async () => {
    const { deps } = fakeDependencies({ ask: createFakeAsk(declinedEvents) });
    await using declining = await listen(createApp(deps));
    const chat = new PlainChat(declining.url);
    await chat.sendMessage({ text: 'Who?' });
    const message = chat.messages[1] as Message;
    expect(textOf(message)).toBe('The documents do not answer this.');
    const [rest] = message.parts.flatMap((part) => (part.type === 'data-answer' ? [part.data] : []));
    expect(rest).toMatchObject({ status: 'declined', closest: [{ passage: { title: 'Staff handbook' } }] });
  });

  it('stops when told to, and the server with it', async () => {
    const requests: AskRequest[] = [];
    const waiting: Ask = async function* (request) {
      requests.push(request);
      const ids = { id: 'ans_1', conversationId: 'conv_1' };
      yield { type: 'passages-found', ...ids, standaloneQuestion: 'q', passages: [] };
      yield { type: 'text-delta', text: 'The' };
      await new Promise((resolve) => request.signal?.addEventListener('abort', resolve));
    };
    await using slow = await listen(createApp(fakeDependencies({ ask: waiting }).deps));
    const chat = new PlainChat(slow.url);
    const sent = chat.sendMessage({ text: 'Who?' });
    await vi.waitFor(() => expect(chat.messages.length).toBe(2));
    await chat.stop();
    await sent;
    expect([chat.status, chat.error]).toEqual(['ready', undefined]);
    await vi.waitFor(() => expect(requests[0]?.signal?.aborted).toBe(true));
  });

  it('finds nothing running when it resumes, and goes on from there', async () => {
    const chat = new PlainChat(server.url);
    await chat.resumeStream();
    expect([chat.status, chat.error, chat.messages]).toEqual(['ready', undefined, []]);
    const transport = new DefaultChatTransport<Message>({ api: `${server.url}/v1/ui-stream` });
    expect(await transport.reconnectToStream({ chatId: 'a chat / of mine' })).toBeNull();
    await chat.sendMessage({ text: QUESTION });
    await chat.resumeStream();
    expect([chat.status, chat.error, chat.messages.length]).toEqual(['ready', undefined, 2]);
  });

  it('is told what went wrong', async () => {
    const failing: Ask = async function* () {
      yield { type: 'ask-error', code: 'not_ready', message: 'Nothing is indexed yet.' };
    };
    await using faulty = await listen(createApp(fakeDependencies({ ask: failing }).deps));
    const chat = new PlainChat(faulty.url);
    await chat.sendMessage({ text: 'Who?' });
    expect([chat.status, chat.error?.message]).toEqual(['error', 'Nothing is indexed yet.']);
    const long = new PlainChat(server.url);
    await long.sendMessage({ text: 'x'.repeat(2_001) });
    expect(long.error?.message).toContain('must not be longer than 2000');
    const file = new PlainChat(server.url);
    await file.sendMessage({
      parts: [{ type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,AA==' }],
    });
    expect(file.error?.message).toContain('reads text only');
  });

  it('brings a key where one is needed', async () => {
    await using guarded = await listen(createApp(fakeDependencies({ settings: { apiKeys: ['good'] } }).deps));
    const refused = new PlainChat(guarded.url);
    await refused.sendMessage({ text: 'Who?' });
    expect(refused.error?.message).toContain('unauthorized');
    const chat = new PlainChat(guarded.url, { headers: { authorization: 'Bearer good' } });
    await chat.sendMessage({ text: 'Who?' });
    expect(chat.messages.length).toBe(2);
  });
});

describe('The stream', () => {
  it('is read by the transport and readUIMessageStream, with the header that marks it', async () => {
    let header: string | null = null;
    const transport = new DefaultChatTransport<Message>({
      api: `${server.url}/v1/ui-stream`,
      fetch: async (...request) => {
        const response = await fetch(...request);
        header = response.headers.get('x-vercel-ai-ui-message-stream');
        return response;
      },
    });
    const messages: Message[] = [
      { id: 'm1', role: 'user', parts: [{ type: 'text', text: 'Where do barn owls nest?' }] },
    ];
    const stream = await transport.sendMessages({
      ...{ chatId: 'c1', trigger: 'submit-message', messageId: undefined, messages, abortSignal: undefined },
    });
    let last: Message | undefined;
    for await (const message of readUIMessageStream<Message>({ stream })) last = message;
    expect([header, last && textOf(last)]).toEqual(['v1', 'Barn owls nest in old barns.']);
  });
});
