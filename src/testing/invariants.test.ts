import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryConversationStore } from '../adapters/memory/memory-conversation-store.ts';
import type { AskEvent } from '../ask/events.ts';
import type { App } from '../http/dependencies.ts';
import type { AskResponse } from '../http/schemas/ask.ts';
import { splitSentences } from '../ingest/sentences.ts';
import type { Embedder } from '../ports/embedder.ts';
import { filesArbitrary, offTopicArbitrary, questionArbitrary } from './arbitraries.ts';
import { getJson, postQuestion, streamAnswer } from './ask-over-http.ts';
import { ALWAYS_ANSWER, type AssembledIbid, assembleIbid, endOf, eventsOf, type Files } from './assemble.ts';
import { createFakeEmbedder } from './fake-embedder.ts';
import { TURN } from './http-fakes.ts';
import { lyingReader } from './lying-reader.ts';

const NUM_RUNS = 25;
const NEVER_ANSWER = 1.1;
const questions = fc.array(questionArbitrary, { minLength: 1, maxLength: 3 });

/** What every surface tells of an answer. */
type Told = Pick<AskResponse, 'status' | 'confidence' | 'text' | 'citations' | 'closest'>;
interface ToldConversation {
  readonly turns: readonly (Told & { readonly id: string; readonly question: string })[];
}

describe('1, 2 and 4: an answer is verbatim, covered and the same everywhere', () => {
  it('as JSON, as a stream and as the conversation keeps it, whatever the documents and the question', async () => {
    await using ibid = await assembleIbid();
    let answered = 0;
    const check = async (files: Files, asked: readonly string[]) => {
      await ibid.ingest(files);
      for (const question of asked) answered += await askEverywhere(ibid.app, question);
    };
    await fc.assert(fc.asyncProperty(filesArbitrary, questions, check), { numRuns: NUM_RUNS });
    expect(answered).toBeGreaterThan(NUM_RUNS / 2);
  });

  it('also when the reader makes things up, which are dropped', async () => {
    await using ibid = await assembleIbid({ read: lyingReader });
    let answered = 0;
    const check = async (files: Files, asked: readonly string[]) => {
      await ibid.ingest(files);
      for (const question of asked) answered += await askEverywhere(ibid.app, question);
    };
    await fc.assert(fc.asyncProperty(filesArbitrary, questions, check), { numRuns: NUM_RUNS });
    expect(answered).toBeGreaterThan(0);
  });
});

/** Asks on every surface and compares; gives 1 for an answer, 0 for a decline. */
async function askEverywhere(app: App, question: string): Promise<number> {
  const response = await postQuestion(app, { question });
  expect(response.status).toBe(200);
  const json = (await response.json()) as AskResponse;
  const streamed = await streamAnswer(app, { question });
  expect(streamed.text).toBe(json.text);
  expect(streamed.citations).toEqual(json.citations);
  expect(toldOf(streamed.end)).toEqual(toldOf(json));
  for (const { id, conversation_id } of [json, streamed.end]) {
    const { turns } = await getJson<ToldConversation>(app, `/v1/conversations/${conversation_id}`);
    expect(turns.map((turn) => turn.id)).toEqual([id]);
    expect(turns.map(toldOf)).toEqual([toldOf(json)]);
  }
  await expectVerbatim(app, json);
  if (json.status === 'answered') expectCovered(json);
  else expect(json.citations).toEqual([]);
  return json.status === 'answered' ? 1 : 0;
}

function toldOf({ status, confidence, text, citations, closest }: Told): Told {
  return { status, confidence, text, citations, ...(closest === undefined ? {} : { closest }) };
}

async function expectVerbatim(app: App, { citations, closest = [], passages }: AskResponse): Promise<void> {
  const hits = [...passages, ...closest].map(({ passage }) => ({ ...passage, quote: passage.text }));
  for (const { document_id, start, end, quote } of [...citations, ...hits]) {
    const { text } = await getJson<{ text: string }>(app, `/v1/documents/${document_id}`);
    expect(text.slice(start, end)).toBe(quote);
    expect(quote).not.toBe('');
  }
  const retrieved = passages.map(({ passage }) => passage.id);
  expect(retrieved).toEqual(expect.arrayContaining(citations.map(({ passage_id }) => passage_id)));
}

/** Every sentence, and every character that is not white space, lies within a citation that says it. */
function expectCovered({ text, citations }: Told): void {
  expect(text.trim()).not.toBe('');
  const proven = citations.filter(({ quote, answer_start, answer_end }) =>
    oneLine(quote).includes(oneLine(text.slice(answer_start, answer_end))),
  );
  const isProven = (at: number) => proven.some((one) => one.answer_start <= at && at < one.answer_end);
  const unproven = splitSentences(text).flatMap(({ start, end }) =>
    [...text.slice(start, end).matchAll(/\S/g)].filter(({ index }) => !isProven(start + index)),
  );
  expect(unproven).toEqual([]);
  for (const { answer_start, answer_end } of citations) {
    expect(text.slice(answer_start, answer_end).trim()).not.toBe('');
    expect(answer_end).toBeLessThanOrEqual(text.length);
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

describe('3: or declined', () => {
  it('whatever is asked of an empty index', async () => {
    await using ibid = await assembleIbid();
    const check = async (question: string) => {
      const { answer, confidence } = await endOf(ibid.ask, { question });
      expect(answer).toMatchObject({ status: 'declined' });
      expect(confidence).toBe(0);
    };
    await fc.assert(fc.asyncProperty(questionArbitrary, check), { numRuns: NUM_RUNS });
    expect((await postQuestion(ibid.app, { question: 'Where do owls nest?' })).status).toBe(200);
  });

  it('where no document has to do with the question, with the closest passages, in the first turn and after an answer', async () => {
    await using ibid = await assembleIbid({ threshold: 0.5, embedder: unrelatedEmbedder() });
    let conversations = 0;
    const check = async (files: Files, question: string) => {
      await ibid.ingest(files);
      const id = `conv_before_${++conversations}`;
      await ibid.deps.conversations.appendTurn(id, { ...TURN, id: `ans_before_${conversations}` });
      for (const conversation of [{}, { conversation_id: id }]) {
        const response = await postQuestion(ibid.app, { question, ...conversation });
        expect(response.status).toBe(200);
        const { status, text, closest, passages } = (await response.json()) as AskResponse;
        expect([status, closest]).toEqual(['declined', passages.slice(0, 3)]);
        expect(closest?.length).toBeGreaterThan(0);
        expect(text).not.toBe('');
      }
    };
    await fc.assert(fc.asyncProperty(filesArbitrary, offTopicArbitrary, check), { numRuns: NUM_RUNS });
  });
});

/** An embedder to which every question is unlike every passage. */
function unrelatedEmbedder(): Embedder {
  const inner = createFakeEmbedder({ dimensions: 63 });
  const widen = (vector: Float32Array) => Float32Array.of(...vector, 0);
  return {
    ...inner,
    dimensions: 64,
    embedQuery: async () => new Float32Array(64).fill(1, 63),
    embedPassages: async (passages) =>
      (await inner.embedPassages(passages)).map(({ vector, sentenceVectors }) => ({
        vector: widen(vector),
        sentenceVectors: sentenceVectors.map(widen),
      })),
  };
}

describe('5: nothing lost', () => {
  it('stores no turn when the store fails, and says so', async () => {
    const memory = createMemoryConversationStore();
    const appendTurn = () => Promise.reject(new Error('The disk is full.'));
    await using ibid = await assembleIbid({ conversations: { ...memory, appendTurn } });
    const check = async (files: Files, question: string) => {
      await ibid.ingest(files);
      expect((await eventsOf(ibid.ask, { question })).at(-1)).toMatchObject({ type: 'ask-error' });
      expect((await postQuestion(ibid.app, { question })).status).toBe(500);
      expect(await memory.listUnsatisfied(10)).toEqual([]);
    };
    await fc.assert(fc.asyncProperty(filesArbitrary, questionArbitrary, check), { numRuns: 10 });
  });

  it('stores no turn whose reader left before its end', async () => {
    await fc.assert(leftEarly('leaves'), { numRuns: NUM_RUNS });
  });

  it('stores no turn that was aborted before its end', async () => {
    await fc.assert(leftEarly('aborts'), { numRuns: NUM_RUNS });
  });

  it('changes nothing when the same documents come again, in any order, after any edits', async () => {
    const check = async (states: readonly Files[], order: number) => {
      await using edited = await assembleIbid();
      await using fresh = await assembleIbid();
      for (const state of states) await edited.ingest(state);
      const last = states.at(-1) ?? {};
      await fresh.ingest(last);
      const before = await contentOf(edited);
      const { generation } = await edited.ingest(last);
      expect(await edited.ingest(rotated(last, order))).toMatchObject({
        added: 0,
        changed: 0,
        removed: 0,
        generation,
      });
      expect(await contentOf(edited)).toEqual(before);
      expect(before).toEqual(await contentOf(fresh));
    };
    const states = fc.array(filesArbitrary, { minLength: 1, maxLength: 3 });
    await fc.assert(fc.asyncProperty(states, fc.nat(3), check), { numRuns: 15 });
  });
});

const OWLS = '# Owls\n\nOwls nest in the old barn by the river. They hunt at night, under the bridge.';

/** A question, answered or declined, whose reader goes after some of its events: stored only if its end was told. */
function leftEarly(how: 'aborts' | 'leaves') {
  const thresholds = fc.constantFrom(ALWAYS_ANSWER, NEVER_ANSWER);
  return fc.asyncProperty(questionArbitrary, fc.nat(6), thresholds, async (question, after, threshold) => {
    await using ibid = await assembleIbid({ threshold });
    await ibid.ingest({ 'owls.md': OWLS });
    const before = await readUntil(ibid, question, after, how);
    const stored = await ibid.deps.conversations.getConversation('conv_1');
    expect(stored !== undefined).toBe(before.at(-1)?.type === 'answer-end');
  });
}

/** The first `after` events of a question; then its reader leaves, or aborts and reads what else comes. */
async function readUntil(
  { ask }: AssembledIbid,
  question: string,
  after: number,
  how: 'aborts' | 'leaves',
): Promise<AskEvent[]> {
  const abort = new AbortController();
  const events = ask({ question, signal: abort.signal })[Symbol.asyncIterator]();
  const before: AskEvent[] = [];
  while (before.length < after) {
    const next = await events.next();
    if (next.done === true) return before;
    before.push(next.value);
  }
  if (how === 'leaves') {
    await events.return?.();
    return before;
  }
  abort.abort();
  while ((await events.next()).done !== true);
  return before;
}

function rotated(files: Files, by: number): Files {
  const entries = Object.entries(files);
  return Object.fromEntries([...entries.slice(by), ...entries.slice(0, by)]);
}

/** All that is indexed but the generation. */
async function contentOf({ deps: { store } }: AssembledIbid): Promise<unknown> {
  const ids: string[] = [];
  for await (const batch of store.vectors()) ids.push(...batch.map(({ passageId }) => passageId));
  return {
    documents: await store.listDocuments({ limit: 100 }),
    passages: await store.getPassages(ids.sort()),
  };
}
