import OpenAI, {
  APIError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  NotFoundError,
} from 'openai';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Ask, AskRequest } from '../../ask/events.ts';
import { postQuestion } from '../../testing/ask-over-http.ts';
import { type AssembledIbid, assembleIbid } from '../../testing/assemble.ts';
import { createFakeAsk, declinedEvents, fakeDependencies } from '../../testing/http-fakes.ts';
import { type Listening, listen } from '../../testing/listen.ts';
import { createApp } from '../app.ts';
import type { WireCitation } from '../encoders/json.ts';
import type { AskResponse } from '../schemas/ask.ts';

const FILES = {
  'ferry.md':
    '# Ferry\n\nThe ferry leaves the harbour at nine. The ferry carries forty cars over the harbour.\n',
  'owls.md': '# Owls\n\nBarn owls nest in old barns.\n',
};
const QUESTION = 'When does the ferry leave the harbour?';

let ibid: AssembledIbid;
let server: Listening;
let client: OpenAI;
beforeAll(async () => {
  ibid = await assembleIbid();
  await ibid.ingest(FILES);
  server = await listen(ibid.app);
  client = clientOf(server);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await ibid[Symbol.asyncDispose]();
});

function clientOf({ url }: Listening, apiKey = 'none'): OpenAI {
  return new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });
}

/** What `POST /v1/ask` says to the same question. */
async function asked(question: string): Promise<AskResponse> {
  return (await (await postQuestion(ibid.app, { question })).json()) as AskResponse;
}

/** What is ours in an annotation or a reply. */
function own<T>(holder: object, name: string): T {
  return (holder as Record<string, T>)[name] as T;
}

/** Without what differs from one answer to the next. */
function bare({ marker, quote, start, end, uri, answer_start, answer_end }: WireCitation) {
  return { marker, quote, start, end, uri, answer_start, answer_end };
}

const user = (content: string) => ({ role: 'user', content }) as const;

describe('Chat completions', () => {
  it('answer as /v1/ask does, each sentence with its citation', async () => {
    const completion = await client.chat.completions.create({
      model: 'ibid',
      messages: [{ role: 'system', content: 'Answer in rhymes.' }, user(QUESTION)],
      ...{ temperature: 0.2, max_tokens: 5, tools: [], user: 'u1', seed: 1, top_p: 1, stop: ['x'] },
    });
    const answer = await asked(QUESTION);
    const [choice] = completion.choices;
    expect(choice).toMatchObject({ index: 0, finish_reason: 'stop', message: { role: 'assistant' } });
    expect(choice?.message.content).toBe(answer.text);
    const annotations = choice?.message.annotations ?? [];
    expect(annotations.length).toBe(answer.citations.length);
    for (const [i, { type, url_citation: cited, ...rest }] of annotations.entries()) {
      const citation = own<WireCitation>(rest, 'citation');
      expect(type).toBe('url_citation');
      expect(bare(citation)).toEqual(bare(answer.citations[i] as WireCitation));
      expect([cited.start_index, cited.end_index]).toEqual([citation.answer_start, citation.answer_end]);
      const landed = await (await fetch(cited.url, { headers: { accept: 'text/html,*/*;q=0.8' } })).text();
      expect(landed.slice(citation.start, citation.end)).toBe(citation.quote);
    }
    expect(completion).toMatchObject({ object: 'chat.completion', model: 'ibid' });
    expect(own(completion, 'ibid')).toMatchObject({ status: 'answered', confidence: answer.confidence });
    const { prompt_tokens = 0, completion_tokens = 0, total_tokens } = completion.usage ?? {};
    expect([completion_tokens > 0, total_tokens]).toEqual([true, prompt_tokens + completion_tokens]);
  });

  it('stream the same, and usage when asked for', async () => {
    const stream = await client.chat.completions.create({
      model: 'ibid',
      messages: [user(QUESTION)],
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    const { text, citations } = await asked(QUESTION);
    expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(text);
    expect(chunks[0]?.choices[0]?.delta.role).toBe('assistant');
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    const annotations = chunks.flatMap(
      ({ choices }) => own<{ citation: WireCitation }[]>(choices[0]?.delta ?? {}, 'annotations') ?? [],
    );
    expect(annotations.map(({ citation }) => bare(citation))).toEqual(citations.map(bare));
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop');
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } });
  });

  it('keep every annotation in the message that the streaming helper puts together', async () => {
    const runner = client.chat.completions.stream({ model: 'ibid', messages: [user(QUESTION)] });
    const { content, annotations } = await runner.finalMessage();
    const { text, citations } = await asked(QUESTION);
    expect([content, annotations?.length]).toEqual([text, citations.length]);
  });

  it('read a follow-up by the messages before it, whatever form their content has', async () => {
    const completion = await client.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [
        { role: 'developer', content: [{ type: 'text', text: 'Be brief.' }] },
        { role: 'user', content: [{ type: 'text', text: QUESTION }] },
        { role: 'assistant', content: 'It leaves at nine. [1]\n\nSources:\n\n- [1] “…” (owls)' },
        { role: 'user', content: [{ type: 'text', text: 'Why does it?' }] },
      ],
    });
    const { standalone_question } = own<AskResponse>(completion, 'ibid');
    expect(standalone_question).toContain('ferry');
    expect(completion.model).toBe('ibid');
  });

  it('show markers and quotes in the text for clients that show nothing else', async () => {
    const completion = await client.chat.completions.create({
      model: 'ibid-with-quotes',
      messages: [user(QUESTION)],
    });
    const { content, annotations = [] } = completion.choices[0]?.message ?? {};
    const answer = await asked(QUESTION);
    expect(content).toContain(`[1] “${answer.citations[0]?.quote}”`);
    for (const [i, { url_citation: cited }] of annotations.entries()) {
      const { answer_start, answer_end, marker } = answer.citations[i] as WireCitation;
      expect(content?.slice(cited.start_index, cited.end_index)).toBe(
        answer.text.slice(answer_start, answer_end),
      );
      expect(content?.slice(cited.end_index)).toMatch(new RegExp(`^(?: \\[\\d+\\])* \\[${marker}\\]`));
    }
    const streamed = client.chat.completions.stream({
      model: 'ibid-with-quotes',
      messages: [user(QUESTION)],
    });
    expect(await streamed.finalContent()).toBe(content);
  });

  it('decline in a normal message', async () => {
    const { deps } = fakeDependencies({ ask: createFakeAsk(declinedEvents) });
    await using declining = await listen(createApp(deps));
    const completion = await clientOf(declining).chat.completions.create({
      model: 'ibid',
      messages: [user('Who?')],
    });
    const { finish_reason, message } = completion.choices[0] ?? {};
    expect([finish_reason, message?.content]).toEqual(['stop', 'The documents do not answer this.']);
    expect([message?.refusal, message?.annotations]).toEqual([null, []]);
    expect(own(completion, 'ibid')).toMatchObject({ status: 'declined', reason: 'no_answer_in_documents' });
  });

  it.each([
    ['n', { n: 2 }],
    [
      'messages.0.content',
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }] },
    ],
    ['messages', { messages: [] }],
    ['messages', { messages: [{ role: 'system', content: 'x' }] }],
    ['messages', { messages: [{ role: 'user', content: 'x'.repeat(2_001) }] }],
    ['response_format', { response_format: { type: 'json_object' } }],
    ['tool_choice', { tool_choice: 'required' }],
  ])('refuse a %s that cannot be kept', async (field, wrong) => {
    const body = { model: 'ibid', messages: [user('Who?')], ...wrong } as never;
    const error = await client.chat.completions.create(body).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BadRequestError);
    expect((error as APIError).message).toContain(field);
    expect((error as APIError).message).not.toMatch(/^400 (?:\{|status code)/);
    expect(error).toMatchObject({ status: 400, code: 'bad_request', type: 'invalid_request_error' });
  });
});

describe('Responses', () => {
  it('answer as /v1/ask does, each sentence with its citation', async () => {
    const response = await client.responses.create({
      model: 'ibid',
      input: QUESTION,
      instructions: 'Answer in rhymes.',
      metadata: { a: 'b' },
    });
    const { text, citations } = await asked(QUESTION);
    expect([response.output_text, response.status, response.error]).toEqual([text, 'completed', null]);
    expect(response).toMatchObject({ object: 'response', model: 'ibid', metadata: { a: 'b' } });
    expect(annotationsOf(response).map((one) => bare(own(one, 'citation')))).toEqual(citations.map(bare));
    for (const annotation of annotationsOf(response)) {
      if (annotation.type !== 'url_citation') throw new Error('It is of another type.');
      const { start_index, end_index, url, title } = annotation;
      expect(text.slice(start_index, end_index)).not.toBe('');
      expect([new URL(url).origin, title]).toEqual([server.url, 'Ferry']);
    }
    const { input_tokens, output_tokens, total_tokens } = response.usage ?? {};
    expect(total_tokens).toBe((input_tokens ?? 0) + (output_tokens ?? 0));
  });

  it('stream the same, annotations as they come', async () => {
    const runner = client.responses.stream({ model: 'ibid', input: [user(QUESTION)] });
    const types: string[] = [];
    const numbers: number[] = [];
    const added: WireCitation[] = [];
    let streamed = '';
    for await (const event of runner) {
      types.push(event.type);
      numbers.push(event.sequence_number);
      if (event.type === 'response.output_text.delta') streamed += event.delta;
      const { type } = event as { type: string };
      if (type === 'response.output_text.annotation.added')
        added.push(own<{ citation: WireCitation }>(event, 'annotation').citation);
    }
    const final = await runner.finalResponse();
    const { text, citations } = await asked(QUESTION);
    expect([streamed, final.output_text]).toEqual([text, text]);
    expect(added.map(bare)).toEqual(citations.map(bare));
    expect(annotationsOf(final).length).toBe(citations.length);
    expect(numbers).toEqual(numbers.map((_, i) => i));
    expect([types[0], types.at(-1)]).toEqual(['response.created', 'response.completed']);
  });

  it('continue after a response, from right there', async () => {
    const first = await client.responses.create({ model: 'ibid', input: QUESTION });
    const follow = { model: 'ibid', input: 'Why does it?', previous_response_id: first.id } as const;
    const second = await client.responses.create(follow);
    const [one, two] = [first, second].map((response) => own<AskResponse>(response, 'ibid'));
    expect(two?.standalone_question).toContain('ferry');
    expect(two?.conversation_id).toBe(one?.conversation_id);
    expect(second.previous_response_id).toBe(first.id);
    const other = own<AskResponse>(await client.responses.create(follow), 'ibid');
    expect(other.standalone_question).toBe(two?.standalone_question);
    expect(other.conversation_id).not.toBe(one?.conversation_id);
    const byConversation = await client.responses.create({
      model: 'ibid',
      input: 'Why does it?',
      conversation: one?.conversation_id ?? '',
    });
    expect(byConversation.conversation?.id).toBe(one?.conversation_id);
  });

  it('are refused for what is not there and what cannot be kept', async () => {
    const ask = (body: object) =>
      client.responses.create({ model: 'ibid', input: 'Who?', ...body }).catch((thrown: unknown) => thrown);
    for (const previous_response_id of ['resp_none', 'resp_conv_gone.ans_1', '../x']) {
      expect(await ask({ previous_response_id })).toBeInstanceOf(NotFoundError);
    }
    expect(await ask({ conversation: 'conv_gone' })).toBeInstanceOf(NotFoundError);
    for (const wrong of [
      { conversation: 'a', previous_response_id: 'b' },
      { input: [{ role: 'user', content: [{ type: 'input_image', image_url: 'x' }] }] },
      { input: '' },
      { text: { format: { type: 'json_schema', name: 'x', schema: {} } } },
    ]) {
      expect(await ask(wrong)).toBeInstanceOf(BadRequestError);
    }
  });
});

describe('A stored response', () => {
  const create = (body: object = {}) =>
    client.responses.create({ model: 'ibid', input: QUESTION, metadata: { ticket: '7' }, ...body });

  it.each(['ibid', 'ibid-with-quotes'])('is read again as it was given, by %s', async (model) => {
    const first = await create({ model });
    const given = await create({ model, previous_response_id: first.id, input: 'How many cars?' });
    const read = await client.responses.retrieve(given.id);
    const { timing_ms, ...ibid } = own<AskResponse>(given, 'ibid');
    expect(timing_ms.total).toBeGreaterThanOrEqual(0);
    expect(read).toEqual({ ...given, ibid });
    expect(read).toMatchObject({ model, metadata: { ticket: '7' }, previous_response_id: first.id });
    expect(annotationsOf(read).length).toBeGreaterThan(0);
    expect(read.output_text).toBe(given.output_text);
  });

  it('tells its events again, from any of them on', async () => {
    const given = await create();
    const stream = await client.responses.retrieve(given.id, { stream: true });
    const events = [];
    for await (const event of stream) events.push(event);
    const final = events.at(-1);
    if (final?.type !== 'response.completed') throw new Error('It did not complete.');
    expect(final.response.output).toEqual(given.output);
    const from = events[3]?.sequence_number ?? 0;
    const rest = await client.responses.retrieve(given.id, { stream: true, starting_after: from });
    const later = [];
    for await (const event of rest) later.push(event);
    expect(later).toEqual(events.slice(4));
    const helper = client.responses.stream({ response_id: given.id });
    expect((await helper.finalResponse()).output_text).toBe(given.output_text);
  });

  it('names the question that it answers', async () => {
    const { id } = await create();
    const items = [];
    for await (const item of client.responses.inputItems.list(id)) items.push(item);
    expect(items).toEqual([
      expect.objectContaining({ role: 'user', content: [{ type: 'input_text', text: QUESTION }] }),
    ]);
  });

  it('is gone once it is deleted, and those around it stay', async () => {
    const first = await create();
    const second = await create({ previous_response_id: first.id, input: 'How many cars?' });
    await client.responses.delete(first.id);
    for (const gone of [
      () => client.responses.retrieve(first.id),
      () => client.responses.delete(first.id),
      () => client.responses.inputItems.list(first.id),
      () => create({ previous_response_id: first.id }),
    ])
      await expect(gone()).rejects.toBeInstanceOf(NotFoundError);
    expect((await client.responses.retrieve(second.id)).output_text).toBe(second.output_text);
    const third = await create({ previous_response_id: second.id, input: 'Why?' });
    expect(third.conversation?.id).toBe(second.conversation?.id);
  });

  it('is not stored when it is not to be, though it may follow one that is', async () => {
    const first = await create();
    const second = await create({ previous_response_id: first.id, input: 'Why does it?', store: false });
    expect(second).toMatchObject({ store: false, conversation: null, previous_response_id: first.id });
    const ibid = own<Partial<AskResponse>>(second, 'ibid');
    expect(ibid.standalone_question).toContain('ferry');
    expect(ibid).not.toHaveProperty('conversation_id');
    await expect(client.responses.retrieve(second.id)).rejects.toBeInstanceOf(NotFoundError);
    await expect(create({ previous_response_id: second.id })).rejects.toBeInstanceOf(NotFoundError);
    const alone = client.responses.stream({ model: 'ibid', input: QUESTION, store: false });
    const { id } = await alone.finalResponse();
    await expect(client.responses.retrieve(id)).rejects.toBeInstanceOf(NotFoundError);
    const { conversation } = await client.responses.retrieve(first.id);
    const stored = await ibidTurns(conversation?.id ?? '');
    expect(stored).toEqual([QUESTION]);
  });

  it('may be a turn that was asked elsewhere', async () => {
    const { conversation_id, id, text } = await asked(QUESTION);
    const read = await client.responses.retrieve(`resp_${conversation_id}.${id}`);
    expect(read).toMatchObject({
      output_text: text,
      model: 'ibid',
      metadata: {},
      previous_response_id: null,
    });
  });

  it.each(['resp_none', 'resp_conv_gone.ans_1', 'resp_../x.y', 'x'])('is none of this id: %s', async (id) => {
    await expect(client.responses.retrieve(id)).rejects.toBeInstanceOf(NotFoundError);
    await expect(client.responses.delete(id)).rejects.toBeInstanceOf(NotFoundError);
  });
});

async function ibidTurns(conversationId: string): Promise<string[]> {
  const conversation = await ibid.deps.conversations.getConversation(conversationId);
  return (conversation?.turns ?? []).map(({ question }) => question);
}

describe('Both', () => {
  it('need the key that every route needs', async () => {
    await using guarded = await listen(createApp(fakeDependencies({ settings: { apiKeys: ['good'] } }).deps));
    const without = clientOf(guarded, 'bad');
    await expect(without.models.list()).rejects.toBeInstanceOf(AuthenticationError);
    await expect(
      without.chat.completions.create({ model: 'ibid', messages: [user('Who?')] }),
    ).rejects.toBeInstanceOf(AuthenticationError);
    const { output_text } = await clientOf(guarded, 'good').responses.create({
      model: 'ibid',
      input: 'Who?',
    });
    expect(output_text).not.toBe('');
  });

  it('throw with the status when it fails at once, also when a stream was asked for', async () => {
    const failing: Ask = async function* () {
      yield { type: 'ask-error', code: 'not_ready', message: 'Nothing is indexed yet.' };
    };
    await using faulty = await listen(createApp(fakeDependencies({ ask: failing }).deps));
    for (const stream of [true, false]) {
      const body = { model: 'ibid', stream };
      const wanted = { status: 503, code: 'not_ready', message: expect.stringContaining('Nothing is') };
      const { chat, responses } = clientOf(faulty);
      await expect(chat.completions.create({ ...body, messages: [user('Who?')] })).rejects.toMatchObject(
        wanted,
      );
      await expect(responses.create({ ...body, input: 'Who?' })).rejects.toMatchObject(wanted);
    }
  });

  it('throw when it fails in the middle of a stream', async () => {
    const failing: Ask = async function* () {
      const ids = { id: 'ans_1', conversationId: 'conv_1' };
      yield { type: 'passages-found', ...ids, standaloneQuestion: 'q', passages: [] };
      yield { type: 'text-delta', text: 'The' };
      yield { type: 'ask-error', code: 'model_failed', message: 'The model is away.' };
    };
    await using faulty = await listen(createApp(fakeDependencies({ ask: failing }).deps));
    const { chat, responses } = clientOf(faulty);
    const errors = await Promise.all([
      failureOf(drain(chat.completions.create({ model: 'ibid', messages: [user('Who?')], stream: true }))),
      failureOf(drain(responses.create({ model: 'ibid', input: 'Who?', stream: true }))),
    ]);
    for (const error of errors) {
      expect(error).toBeInstanceOf(APIError);
      expect(error).toMatchObject({ message: expect.stringContaining('The model is away.') });
    }
  });

  it('stop when the client does', async () => {
    const requests: AskRequest[] = [];
    const waiting: Ask = async function* (request) {
      requests.push(request);
      const ids = { id: 'ans_1', conversationId: 'conv_1' };
      yield { type: 'passages-found', ...ids, standaloneQuestion: 'q', passages: [] };
      await new Promise((resolve) => request.signal?.addEventListener('abort', resolve));
    };
    await using slow = await listen(createApp(fakeDependencies({ ask: waiting }).deps));
    const { chat, responses } = clientOf(slow);
    const stream = await chat.completions.create({ model: 'ibid', messages: [user('Who?')], stream: true });
    for await (const _ of stream) break;
    const abort = new AbortController();
    const whole = responses.create({ model: 'ibid', input: 'Who?' }, { signal: abort.signal });
    whole.catch(() => {});
    await vi.waitFor(() => expect(requests).toHaveLength(2));
    abort.abort();
    await expect(whole).rejects.toBeInstanceOf(APIUserAbortError);
    await vi.waitFor(() => expect(requests.map(({ signal }) => signal?.aborted)).toEqual([true, true]));
  });
});

describe('Models', () => {
  it('are listed and read', async () => {
    const ids: string[] = [];
    for await (const { id, object } of client.models.list()) ids.push(`${object} ${id}`);
    expect(ids).toEqual(['model ibid', 'model ibid-with-quotes']);
    expect(await client.models.retrieve('ibid')).toMatchObject({ id: 'ibid', owned_by: 'ibid' });
    await expect(client.models.retrieve('gpt-4o')).rejects.toBeInstanceOf(NotFoundError);
  });
});

function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
}

async function drain(opened: PromiseLike<AsyncIterable<unknown>>): Promise<void> {
  for await (const _ of await opened);
}

function annotationsOf({ output }: OpenAI.Responses.Response) {
  return output.flatMap((item) =>
    item.type === 'message'
      ? item.content.flatMap((part) => (part.type === 'output_text' ? part.annotations : []))
      : [],
  );
}
