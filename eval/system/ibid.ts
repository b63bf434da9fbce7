import { join } from 'node:path';
import { openHnswVectorIndex } from '../../src/adapters/hnswlib/hnsw-vector-index.ts';
import { openLibsqlPassageStore } from '../../src/adapters/libsql/libsql-passage-store.ts';
import { createExactVectorIndex } from '../../src/adapters/memory/exact-vector-index.ts';
import { openGrowingVectorIndex } from '../../src/adapters/memory/growing-vector-index.ts';
import { createMemoryConversationStore } from '../../src/adapters/memory/memory-conversation-store.ts';
import { createAsk } from '../../src/ask/ask.ts';
import { contextualise } from '../../src/ask/contextualise.ts';
import type { AnswerEnd, Ask } from '../../src/ask/events.ts';
import type { RetrieveDeps } from '../../src/ask/retrieve.ts';
import { createSearch } from '../../src/ask/search.ts';
import { createIngest } from '../../src/ingest/ingest.ts';
import { createMutex } from '../../src/ingest/mutex.ts';
import type { Turn } from '../../src/model/conversation.ts';
import { IbidError } from '../../src/model/errors.ts';
import { documentId } from '../../src/model/ids.ts';
import type { Hit } from '../../src/model/passage.ts';
import type { ConversationStore } from '../../src/ports/conversation-store.ts';
import type { DocumentSource } from '../../src/ports/document-source.ts';
import type { Embedder } from '../../src/ports/embedder.ts';
import type { Reader } from '../../src/ports/reader.ts';
import type { EvalCorpus, HistoryTurn } from '../datasets/eval-dataset.ts';
import type { RankedDocument } from '../prediction.ts';
import type { EvalSystem, SystemUnderTest } from './eval-system.ts';

export interface IbidSystemOptions {
  /** Holds the indexes, one folder for each content of a corpus and each embedder. */
  readonly cacheDirectory: string;
  /** Names the embedder before it is opened; its own `id`. */
  readonly embedderId: string;
  readonly openEmbedder: () => ClosableEmbedder;
  /** The reader and its name, as `--reader` has it. */
  readonly reader: { readonly name: string; readonly read: Reader };
  /** Confidence from which a question is answered. */
  readonly threshold: number;
  /** Told of documents that could not be indexed. */
  readonly warn: (message: string) => void;
}

export interface ClosableEmbedder extends Embedder {
  close(): Promise<void>;
}

/** The most passages that a question may ask for; documents are ranked by the best of theirs. */
const PASSAGES = 50;
/** As in the service: from so many passages on the graph serves. */
const EXACT_BELOW = 10_000;

/** Ibid itself, put together as the service does it, on an index kept by content. */
export function createIbidSystem(options: IbidSystemOptions): SystemUnderTest {
  const { embedderId, reader, threshold } = options;
  return {
    id: `ibid ${embedderId} reader=${reader.name} threshold=${threshold}`,
    open: async () => openIbid(options),
  };
}

interface Opened {
  readonly deps: RetrieveDeps;
  readonly close: () => Promise<void>;
}

function openIbid(options: IbidSystemOptions): EvalSystem {
  const conversations = createMemoryConversationStore();
  let opened: Opened | undefined;
  let ask: Ask | undefined;
  const ready = () => {
    if (opened === undefined || ask === undefined)
      throw new IbidError('not_ready', 'Call index() before asking.');
    return { deps: opened.deps, ask };
  };
  return {
    async index(corpus, onProgress) {
      opened = await openIndex(corpus, options, onProgress);
      ask = createAsk({
        ...opened.deps,
        conversations,
        read: options.reader.read,
        threshold: options.threshold,
        now: () => performance.timeOrigin + performance.now(),
        newId: (prefix) => `${prefix}_${crypto.randomUUID()}`,
      });
    },
    async ask({ question, history, limit }) {
      const conversationId = await beginConversation(conversations, history);
      const request = {
        question,
        limit: PASSAGES,
        ...(conversationId === undefined ? {} : { conversationId }),
      };
      const end = await lastEvent(ready().ask(request));
      await conversations.deleteConversation(end.conversationId);
      return toPrediction(end, limit);
    },
    async search(query, limit) {
      const { hits } = await createSearch(ready().deps)({ query, limit: PASSAGES });
      return rankDocuments(hits, limit);
    },
    async document(docId) {
      const document = await ready().deps.store.getDocument(await documentId(docId));
      return document && { title: document.title, text: document.text };
    },
    close: async () => opened?.close(),
  };
}

async function openIndex(
  corpus: EvalCorpus,
  { cacheDirectory, openEmbedder, embedderId, warn }: IbidSystemOptions,
  onProgress: ((done: number, total: number) => void) | undefined,
): Promise<Opened> {
  const key = (await corpus.key()).slice(0, 24);
  const directory = join(cacheDirectory, 'indexes', `${key}-${embedderId.replace(/[^\w.-]+/g, '-')}`);
  const embedder = openEmbedder();
  const store = await openLibsqlPassageStore({ path: join(directory, 'ibid.db') });
  const { dimensions } = embedder;
  const index = await openGrowingVectorIndex({
    store,
    exactBelow: EXACT_BELOW,
    createSmall: () => createExactVectorIndex(dimensions),
    openLarge: () => openHnswVectorIndex({ store, directory: join(directory, 'graph'), dimensions }),
  });
  const close = async () => {
    await index.close();
    await store.close();
    await embedder.close();
  };
  try {
    const ingest = createIngest({
      store,
      embedder,
      index,
      exclusive: createMutex(),
      clock: () => performance.now(),
    });
    const report = await ingest(toSource(corpus), {
      onProgress: ({ phase, done, total }) => phase === 'embedding' && onProgress?.(done, total),
    });
    for (const { uri, message } of report.failed) warn(`${uri} is not in the index: ${message}`);
  } catch (error) {
    await close();
    throw error;
  }
  return { deps: { store, embedder, index }, close };
}

function toSource(corpus: EvalCorpus): DocumentSource {
  return {
    name: `eval:${corpus.name}`,
    async *items() {
      for await (const document of corpus.documents())
        yield { uri: document.uri, load: async () => [document] };
    },
  };
}

/** A conversation in which `history` has been said, each question read as it would have been; undefined without history. */
async function beginConversation(
  conversations: ConversationStore,
  history: readonly HistoryTurn[],
): Promise<string | undefined> {
  if (history.length === 0) return undefined;
  const id = `conv_${crypto.randomUUID()}`;
  const turns: Turn[] = [];
  for (const { question, answer } of history) {
    const turn: Turn = {
      id: `ans_${crypto.randomUUID()}`,
      question,
      standaloneQuestion: contextualise(question, turns),
      answer: { status: 'answered', text: answer, citations: [] },
      confidence: 1,
      askedAt: new Date().toISOString(),
    };
    turns.push(turn);
    await conversations.appendTurn(id, turn);
  }
  return id;
}

async function lastEvent(events: ReturnType<Ask>): Promise<AnswerEnd> {
  for await (const event of events) {
    if (event.type === 'ask-error') throw new IbidError(event.code, event.message);
    if (event.type === 'answer-end') return event;
  }
  throw new IbidError('internal', 'The answer ended without its last event.');
}

function toPrediction(end: AnswerEnd, limit: number): Awaited<ReturnType<EvalSystem['ask']>> {
  const citations = end.answer.status === 'answered' ? end.answer.citations : [];
  return {
    standalone_question: end.standaloneQuestion,
    ranked: rankDocuments(end.passages, limit),
    status: end.answer.status,
    confidence: end.confidence,
    text: end.answer.text,
    citations: citations.map(({ uri, start, end: until, quote }) => ({
      doc_id: uri,
      start,
      end: until,
      quote,
    })),
    timing_ms: end.timing.total,
  };
}

/** Documents by their best passage; `hits` come best first. */
function rankDocuments(hits: readonly Hit[], limit: number): RankedDocument[] {
  const best = new Map<string, number>();
  for (const { documentUri, score } of hits) {
    if (!best.has(documentUri)) best.set(documentUri, score);
  }
  return [...best].slice(0, limit).map(([doc_id, score]) => ({ doc_id, score }));
}
