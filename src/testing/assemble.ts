import { createFileLoader } from '../adapters/loaders/file-loader.ts';
import { createExactVectorIndex } from '../adapters/memory/exact-vector-index.ts';
import { createMemoryConversationStore } from '../adapters/memory/memory-conversation-store.ts';
import { type AskDeps, createAsk } from '../ask/ask.ts';
import type { AnswerEnd, Ask, AskEvent, AskRequest, Search } from '../ask/events.ts';
import { readExtractively } from '../ask/read.ts';
import { createSearch } from '../ask/search.ts';
import { createApp } from '../http/app.ts';
import type { App } from '../http/dependencies.ts';
import { createIngest } from '../ingest/ingest.ts';
import { createMutex } from '../ingest/mutex.ts';
import { createRemoveDocuments } from '../ingest/remove-documents.ts';
import type { IngestReport } from '../ingest/report.ts';
import type { DocumentSource } from '../ports/document-source.ts';
import { createFakeEmbedder } from './fake-embedder.ts';
import { fakeDependencies } from './http-fakes.ts';
import { openTestStore } from './test-store.ts';

/** Path → content of the documents of a test. */
export type Files = Readonly<Record<string, string>>;

/** The whole of Ibid on a store of its own, which goes when it is disposed of. */
export interface AssembledIbid extends AsyncDisposable {
  readonly deps: AskDeps;
  readonly ask: Ask;
  readonly search: Search;
  readonly app: App;
  /** Brings the index up to date with these files, in this order. */
  ingest(files: Files): Promise<IngestReport>;
}

/** What answers every question that finds a passage, so that a test of answers has answers to test. */
export const ALWAYS_ANSWER = 0;

/** Puts Ibid together as the service does, with a fake embedder, an exact index and conversations in memory. */
export async function assembleIbid(
  overrides: Partial<Omit<AskDeps, 'store' | 'index'>> = {},
): Promise<AssembledIbid> {
  const { store, close } = await openTestStore();
  const { embedder = createFakeEmbedder() } = overrides;
  const index = createExactVectorIndex(embedder.dimensions);
  let ids = 0;
  const deps: AskDeps = {
    conversations: createMemoryConversationStore(),
    read: readExtractively,
    threshold: ALWAYS_ANSWER,
    now: () => Date.now(),
    newId: (prefix) => `${prefix}_${++ids}`,
    ...overrides,
    embedder,
    store,
    index,
  };
  const indexing = { store, embedder, index, exclusive: createMutex(), clock: () => performance.now() };
  const ingest = createIngest(indexing);
  const ask = createAsk(deps);
  const search = createSearch(deps);
  const removeDocuments = createRemoveDocuments(indexing);
  const http = { ask, search, store, conversations: deps.conversations, ingest, removeDocuments };
  return {
    deps,
    ask,
    search,
    app: createApp(fakeDependencies(http).deps),
    ingest: (files) => ingest(sourceOf(files)),
    [Symbol.asyncDispose]: close,
  };
}

function sourceOf(files: Files): DocumentSource {
  const load = createFileLoader();
  const encoder = new TextEncoder();
  return {
    name: 'folder:test',
    async *items() {
      for (const [uri, content] of Object.entries(files)) {
        yield { uri, load: () => load({ uri, bytes: encoder.encode(content) }) };
      }
    },
  };
}

/** Every event of a question, in order. */
export async function eventsOf(ask: Ask, request: AskRequest): Promise<AskEvent[]> {
  const events: AskEvent[] = [];
  for await (const event of ask(request)) events.push(event);
  return events;
}

/** The end of a question that must not fail. */
export async function endOf(ask: Ask, request: AskRequest): Promise<AnswerEnd> {
  const last = (await eventsOf(ask, request)).at(-1);
  if (last?.type !== 'answer-end') throw new Error(`The question ended with ${JSON.stringify(last)}.`);
  return last;
}
