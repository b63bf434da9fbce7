import type { ClosableCrossEncoder } from '../../src/adapters/bert/cross-encoder.ts';
import { createMemoryConversationStore } from '../../src/adapters/memory/memory-conversation-store.ts';
import { type AskDeps, createAsk } from '../../src/ask/ask.ts';
import { contextualise } from '../../src/ask/contextualise.ts';
import type { AnswerEnd, Ask } from '../../src/ask/events.ts';
import { createSearch } from '../../src/ask/search.ts';
import type { Turn } from '../../src/model/conversation.ts';
import { IbidError } from '../../src/model/errors.ts';
import { documentId } from '../../src/model/ids.ts';
import type { Hit } from '../../src/model/passage.ts';
import type { ConversationStore } from '../../src/ports/conversation-store.ts';
import type { Embedder } from '../../src/ports/embedder.ts';
import type { Entailment } from '../../src/ports/entailment.ts';
import type { HistoryTurn } from '../datasets/eval-dataset.ts';
import type { EvalSystem, SystemUnderTest } from './eval-system.ts';
import { type IndexOptions, type OpenedIndex, openIndex } from './open-index.ts';
import { rankDocuments } from './rank-documents.ts';

export interface IbidSystemOptions extends IndexOptions {
  /** What reads, and a name that changes with all that its answers depend on. */
  readonly reader: {
    readonly name: string;
    /** Whether the cross-encoder reads as well; without it, words and vectors decide alone, as on Workers. */
    readonly closely: boolean;
    readonly open: (judges: { embedder: Embedder; entailment: Entailment }) => Promise<Reading>;
  };
  readonly openCrossEncoder: () => ClosableCrossEncoder;
  /** Confidence from which a question is answered. */
  readonly threshold: number;
}

type Reading = Pick<AskDeps, 'read' | 'condense' | 'checkSupport'>;

/** The most passages that a question may ask for; documents are ranked by the best of theirs. */
const PASSAGES = 50;

/** Ibid itself, put together as the service does it, on an index kept by content. */
export function createIbidSystem(options: IbidSystemOptions): SystemUnderTest {
  const { embedderId, reader, threshold } = options;
  return {
    id: `ibid ${embedderId} reader=${reader.name} threshold=${threshold}`,
    open: async () => openIbid(options),
  };
}

function openIbid(options: IbidSystemOptions): EvalSystem {
  const conversations = createMemoryConversationStore();
  let opened: OpenedIndex | undefined;
  let ask: Ask | undefined;
  let crossEncoder: ClosableCrossEncoder | undefined;
  const ready = () => {
    if (opened === undefined || ask === undefined)
      throw new IbidError('not_ready', 'Call index() before asking.');
    return { deps: opened.deps, ask };
  };
  return {
    async index(corpus, onProgress) {
      opened = await openIndex(corpus, options, onProgress);
      crossEncoder = options.openCrossEncoder();
      ask = createAsk({
        ...opened.deps,
        ...(options.reader.closely ? { crossEncoder } : {}),
        conversations,
        ...(await options.reader.open({ embedder: opened.deps.embedder, entailment: crossEncoder.entail })),
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
      return rankDocuments(hits.map(toFound), limit);
    },
    async document(docId) {
      const document = await ready().deps.store.getDocument(await documentId(docId));
      return document && { title: document.title, text: document.text };
    },
    async close() {
      await crossEncoder?.close();
      await opened?.close();
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
  const cited = end.answer.status === 'answered' ? end.answer.citations : [];
  // A quote that proves several sentences counts once.
  const citations = new Map(cited.map((citation) => [citation.marker, citation])).values();
  return {
    standalone_question: end.standaloneQuestion,
    ranked: rankDocuments(end.passages.map(toFound), limit),
    status: end.answer.status,
    confidence: end.confidence,
    text: end.answer.text,
    citations: [...citations].map(({ uri, start, end: until, quote }) => ({
      doc_id: uri,
      start,
      end: until,
      quote,
    })),
    timing_ms: end.timing.total,
  };
}

function toFound({ documentUri, score }: Hit) {
  return { docId: documentUri, score };
}
