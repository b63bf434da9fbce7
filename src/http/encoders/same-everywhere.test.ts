import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AskEvent } from '../../ask/events.ts';
import type { Citation } from '../../model/citation.ts';
import { LEAVE_HIT } from '../../testing/http-fakes.ts';
import { foldToJson, type WireCitation } from './json.ts';
import { encodeSse } from './sse.ts';

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
