import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AskEvent } from '../../ask/events.ts';
import type { Citation } from '../../model/citation.ts';
import { DOUBT } from '../../model/doubt.ts';
import { declinedEvents, HANDBOOK } from '../../testing/http-fakes.ts';
import { showQuotes, withoutQuotes } from './openai-quotes.ts';

interface Sentence {
  readonly text: string;
  readonly markers: readonly number[];
}

const sentence: fc.Arbitrary<Sentence> = fc.record({
  text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((text) => `S${text}.`),
  markers: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
});

/** The events of an answer of these sentences, each cited as its markers say. */
function eventsOf(sentences: readonly Sentence[]): AskEvent[] {
  const events: AskEvent[] = [];
  const citations: Citation[] = [];
  let text = '';
  for (const { text: said, markers } of sentences) {
    const delta = (text === '' ? '' : ' ') + said;
    text += delta;
    events.push({ type: 'text-delta', text: delta });
    for (const marker of markers) {
      const place = { answerStart: text.length - said.length, answerEnd: text.length };
      const quote = `quote ${marker}`;
      const ids = { documentId: 'doc_1', passageId: 'psg_1', title: 'A [b]', uri: 'a (b).md' };
      const citation = { marker, ...ids, quote, start: 0, end: quote.length, ...place, headings: [] };
      citations.push(citation);
      events.push({ type: 'citation-added', citation });
    }
  }
  const [end] = declinedEvents('q').slice(-1);
  if (end?.type !== 'answer-end') throw new Error('There is no end.');
  return [...events, { ...end, answer: { status: 'answered', text, citations } }];
}

async function shown(events: readonly AskEvent[]): Promise<AskEvent[]> {
  const all: AskEvent[] = [];
  async function* stream() {
    yield* events;
  }
  for await (const event of showQuotes(stream(), 'https://x.example')) all.push(event);
  return all;
}

function answerOf(events: readonly AskEvent[]) {
  const end = events.at(-1);
  if (end?.type !== 'answer-end') throw new Error('There is no end.');
  return end.answer;
}

describe('Quotes in the text', () => {
  it('leave each citation at its sentence, with its marker right behind', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sentence, { minLength: 1, maxLength: 5 }), async (sentences) => {
        const before = eventsOf(sentences);
        const events = await shown(before);
        const [plain, answer] = [answerOf(before), answerOf(events)];
        if (plain.status !== 'answered' || answer.status !== 'answered') throw new Error('It was declined.');
        const deltas = events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
        expect(deltas).toBe(answer.text);
        const streamed = events.flatMap((event) => (event.type === 'citation-added' ? [event.citation] : []));
        expect(streamed).toEqual(answer.citations);
        for (const [i, citation] of answer.citations.entries()) {
          const original = plain.citations[i];
          expect(answer.text.slice(citation.answerStart, citation.answerEnd)).toBe(
            plain.text.slice(original?.answerStart, original?.answerEnd),
          );
          const behind = answer.text.slice(citation.answerEnd).match(/^(?: \[\d+\])+/)?.[0];
          expect(behind).toContain(`[${citation.marker}]`);
          expect(answer.text).toContain(`- [${citation.marker}] “${citation.quote}” ([A \\[b\\]](https://`);
        }
        expect(withoutQuotes(answer.text)).toBe(plain.text);
      }),
      { numRuns: 60 },
    );
  });

  it('come below code, which nothing may follow on its last line', async () => {
    const code = 'So:\n```js\nopen()\n```';
    const { text } = answerOf(await shown(eventsOf([{ text: code, markers: [1, 2] }])));
    expect(text.startsWith(`${code}\n[1]`)).toBe(true);
    expect(withoutQuotes(text)).toBe(code);
  });

  it('go with what has no answer, which is taken out again with them', async () => {
    const unanswered = ['Who built it?', 'When\n\nwas that?'];
    const events = eventsOf([{ text: 'S.', markers: [1] }]).map((event) =>
      event.type === 'answer-end' && event.answer.status === 'answered'
        ? { ...event, answer: { ...event.answer, omitted: 1, unanswered } }
        : event,
    );
    const { text } = answerOf(await shown(events));
    expect(text).toContain(
      'supports it.\n\nNot in the documents: “Who built it?”, “When was that?”\n\nSources:',
    );
    expect(withoutQuotes(text)).toBe('S.');
  });

  it('go with a word of doubt where there is reason for it, which is taken out again', async () => {
    const asSure = (confidence: number) =>
      eventsOf([{ text: 'S.', markers: [1] }]).map((event) =>
        event.type === 'answer-end' ? { ...event, confidence } : event,
      );
    const { text } = answerOf(await shown(asSure(0.4)));
    expect(text).toContain(`S. [1]\n\n${DOUBT}\n\nSources:`);
    expect(withoutQuotes(text)).toBe('S.');
    expect(answerOf(await shown(asSure(0.5))).text).not.toContain(DOUBT);
  });

  it('are code where a client might show a picture or follow a link', async () => {
    const quote = 'See `x` ![p](https://evil.example/?q=1) <img src=y>';
    const events = eventsOf([{ text: 'S.', markers: [1] }]).map((event) =>
      event.type === 'answer-end' && event.answer.status === 'answered'
        ? {
            ...event,
            answer: { ...event.answer, citations: event.answer.citations.map((one) => ({ ...one, quote })) },
          }
        : event.type === 'citation-added'
          ? { ...event, citation: { ...event.citation, quote } }
          : event,
    );
    expect(answerOf(await shown(events)).text).toContain(`- [1] “\`\` ${quote} \`\`” (`);
  });

  it('tell the closest passages of a decline', async () => {
    const { text } = answerOf(await shown(declinedEvents('q')));
    const closest = `- [${HANDBOOK.title} › Leave](https://x.example/v1/documents/${HANDBOOK.id}#:~:text=`;
    expect(text).toContain(`The documents do not answer this.\n\nClosest passages:\n\n${closest}`);
  });
});
