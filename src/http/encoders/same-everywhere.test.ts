import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AskEvent } from '../../ask/events.ts';
import type { Citation } from '../../model/citation.ts';
import { LEAVE_HIT } from '../../testing/http-fakes.ts';
import { foldToJson, type WireCitation } from './json.ts';
import { encodeChatChunks, foldToChatCompletion } from './openai-chat.ts';
import { encodeResponseEvents, foldToResponse } from './openai-response.ts';
import { encodeSse } from './sse.ts';
import { encodeUiStream } from './ui-stream.ts';

const text = fc.string({ unit: 'binary', maxLength: 40 });
const offset = fc.nat(100_000);

const citation: fc.Arbitrary<Citation> = fc.record(
  {
    marker: fc.integer({ min: 1, max: 9 }),
    passageId: text,
    documentId: text,
    title: text,
    uri: text,
    quote: text,
    start: offset,
    end: offset,
    answerStart: offset,
    answerEnd: offset,
    headings: fc.array(text, { maxLength: 3 }),
    page: fc.nat(),
  },
  {
    requiredKeys: [
      'marker',
      'passageId',
      'documentId',
      'title',
      'uri',
      'quote',
      'start',
      'end',
      'answerStart',
      'answerEnd',
      'headings',
    ],
  },
);

/** What `ask` would emit for an answer of these sentences. */
function eventsOf(
  sentences: readonly string[],
  citations: readonly Citation[],
  confidence: number,
): AskEvent[] {
  return [
    {
      type: 'passages-found',
      id: 'ans_1',
      conversationId: 'conv_1',
      standaloneQuestion: 'q',
      passages: [LEAVE_HIT],
    },
    ...sentences.map((sentence) => ({ type: 'text-delta', text: sentence }) as const),
    ...citations.map((one) => ({ type: 'citation-added', citation: one }) as const),
    {
      type: 'answer-end',
      id: 'ans_1',
      conversationId: 'conv_1',
      answer: { status: 'answered', text: sentences.join(''), citations },
      confidence,
      standaloneQuestion: 'q',
      passages: [LEAVE_HIT],
      timing: { contextualise: 1, retrieve: 2, read: 3, total: 6 },
    },
  ];
}

async function* stream<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** Reads server-sent events as their specification says: lines end in CR, LF or both. */
async function readSse(events: readonly AskEvent[]) {
  let wire = '';
  for await (const chunk of encodeSse(stream(events))) wire += chunk;
  return wire
    .split(/(?:\r\n|\n|\r){2}/)
    .filter((block) => block !== '')
    .map((block) => {
      const fields = block.split(/\r\n|\n|\r/).map((line): [string, string] => {
        const colon = line.indexOf(': ');
        return [line.slice(0, colon), line.slice(colon + 2)];
      });
      const { event, data } = Object.fromEntries(fields);
      return { event, data: JSON.parse(data ?? '') as Record<string, unknown> };
    });
}

/** As it comes out of the wire. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** What the tests look at in the data of any of these streams. */
interface Data {
  readonly type?: string;
  readonly delta?: string;
  readonly data?: unknown;
  readonly annotation?: object;
  readonly choices?: { readonly delta: { readonly content?: string; readonly annotations?: object[] } }[];
}

async function dataOf(chunks: AsyncIterable<string>): Promise<Data[]> {
  let wire = '';
  for await (const chunk of chunks) wire += chunk;
  const lines = wire.split('\n').filter((line) => line.startsWith('data: ') && !line.endsWith('[DONE]'));
  return lines.map((line) => JSON.parse(line.slice('data: '.length)) as Data);
}

function decodeCitation(wire: WireCitation): Citation {
  return {
    marker: wire.marker,
    passageId: wire.passage_id,
    documentId: wire.document_id,
    title: wire.title,
    uri: wire.uri,
    quote: wire.quote,
    start: wire.start,
    end: wire.end,
    answerStart: wire.answer_start,
    answerEnd: wire.answer_end,
    headings: wire.headings,
    ...(wire.page === undefined ? {} : { page: wire.page }),
  };
}

describe('The encoders', () => {
  it('carry the same answer and the same citations, whole, as JSON and as a stream', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { maxLength: 4 }),
        fc.array(citation, { maxLength: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0),
        async (sentences, citations, confidence) => {
          const events = eventsOf(sentences, citations, confidence);
          const folded = await foldToJson(stream(events));
          const json = JSON.parse(JSON.stringify(folded)) as typeof folded;
          const sse = await readSse(events);

          expect(sse.map(({ event, data }) => [event, data.type])).toEqual(
            events.map(({ type }) => [type, type]),
          );
          const { type: _type, ...end } = sse.at(-1)?.data ?? {};
          expect(end).toEqual(json);
          const streamed = sse.flatMap(({ data }) => (data.type === 'citation-added' ? [data.citation] : []));
          expect(streamed).toEqual(json.citations);
          expect(sse.map(({ data }) => (data.type === 'text-delta' ? data.text : '')).join('')).toBe(
            json.text,
          );
          expect(json.citations.map(decodeCitation)).toEqual(citations);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('carry them in the formats of OpenAI and the AI SDK as well, at their sentences', async () => {
    const reply = { model: 'ibid', created: 0, origin: 'https://x.example', prompt: 'q' };
    const full = { ...reply, previousResponseId: null, isStored: true, metadata: {} };
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { maxLength: 4 }),
        fc.array(citation, { maxLength: 6 }),
        async (sentences, citations) => {
          const events = eventsOf(sentences, citations, 0.5);
          const { text: said, citations: cited } = plain(await foldToJson(stream(events)));
          const chat = plain(await foldToChatCompletion(stream(events), reply)).choices[0]?.message;
          const [part] = plain(await foldToResponse(stream(events), full)).output[0]?.content ?? [];
          expect([chat?.content, part?.text]).toEqual([said, said]);
          expect(chat?.annotations.map((one) => one.citation)).toEqual(cited);
          expect(part?.annotations.map((one) => one.citation)).toEqual(cited);
          const spans = cited.map((one) => [one.answer_start, one.answer_end]);
          expect(part?.annotations.map((one) => [one.start_index, one.end_index])).toEqual(spans);

          const chunks = await dataOf(encodeChatChunks(stream(events), reply, { includeUsage: true }));
          const deltas = chunks.map(({ choices }) => choices?.[0]?.delta ?? {});
          expect(deltas.map(({ content = '' }) => content).join('')).toBe(said);
          expect(deltas.flatMap(({ annotations = [] }) => annotations)).toEqual(chat?.annotations);
          const told = await dataOf(encodeResponseEvents(stream(events), full));
          expect(told.map(({ delta = '' }) => delta).join('')).toBe(said);
          expect(told.flatMap(({ annotation }) => annotation ?? [])).toEqual(part?.annotations);
          const parts = await dataOf(encodeUiStream(stream(events), reply.origin));
          expect(parts.map(({ delta = '' }) => delta).join('')).toBe(said);
          const whole = parts.flatMap(({ type, data }) => (type === 'data-citation' ? [data] : []));
          expect(whole).toEqual(cited);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('fold an error into a throw with its code', async () => {
    const events: AskEvent[] = [{ type: 'ask-error', code: 'model_failed', message: 'The model is away.' }];
    await expect(foldToJson(stream(events))).rejects.toMatchObject({
      code: 'model_failed',
      message: 'The model is away.',
    });
  });

  it('fold a stream that ends early into an error', async () => {
    await expect(foldToJson(stream([]))).rejects.toMatchObject({ code: 'internal' });
  });
});
