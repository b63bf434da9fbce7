import type { Ask, AskEvent, AskRequest, SearchRequest } from '../ask/events.ts';
import {
  type AppDependencies,
  DEFAULT_LIMITS,
  type HttpSettings,
  type LogEntry,
} from '../http/dependencies.ts';
import { createMemoryRateLimiter } from '../http/rate-limiter.ts';
import type { IngestReport } from '../ingest/report.ts';
import { createMcpOverHttp } from '../mcp/mcp-over-http.ts';
import type { Citation } from '../model/citation.ts';
import type { Conversation, Turn } from '../model/conversation.ts';
import { type Document, type LoadedDocument, NO_STRUCTURE } from '../model/document.ts';
import { IbidError } from '../model/errors.ts';
import type { Hit } from '../model/passage.ts';
import type { ConversationStore, Feedback } from '../ports/conversation-store.ts';

const LEAVE = 'Every employee has 28 days of leave a year.';
const CARRY = 'Up to five days may be carried over until the end of March.';

/** The document that the fakes answer from. */
export const HANDBOOK: Document = {
  id: 'doc_00000000000000000001',
  uri: 'handbook.md',
  title: 'Staff handbook',
  mediaType: 'text/markdown',
  text: `# Staff handbook\n\n## Leave\n\n${LEAVE} ${CARRY}\n\n## Office\n\nThe office opens at eight.\n`,
  contentHash: 'a'.repeat(64),
  metadata: { department: 'people', tags: ['leave', 'office'] },
};

/** A citation of `quote`, which must stand in the handbook. */
function citationOf(quote: string, marker: number, answerStart: number): Citation {
  const start = HANDBOOK.text.indexOf(quote);
  return {
    marker,
    passageId: 'psg_00000000000000000001',
    documentId: HANDBOOK.id,
    title: HANDBOOK.title,
    uri: HANDBOOK.uri,
    quote,
    start,
    end: start + quote.length,
    answerStart,
    answerEnd: answerStart + quote.length,
    headings: ['Staff handbook', 'Leave'],
    page: 2,
  };
}

/** The handbook's passage on leave, as retrieved. */
export const LEAVE_HIT: Hit = {
  passage: {
    id: 'psg_00000000000000000001',
    documentId: HANDBOOK.id,
    ordinal: 0,
    start: HANDBOOK.text.indexOf(LEAVE),
    end: HANDBOOK.text.indexOf(CARRY) + CARRY.length,
    text: `${LEAVE} ${CARRY}`,
    headings: ['Staff handbook', 'Leave'],
    sentences: [],
  },
  documentTitle: HANDBOOK.title,
  documentUri: HANDBOOK.uri,
  score: 0.81,
  via: 'both',
};

const IDS = { id: 'ans_1', conversationId: 'conv_1' } as const;

const END = {
  type: 'answer-end',
  ...IDS,
  passages: [LEAVE_HIT],
  timing: { contextualise: 0, retrieve: 4, read: 6, total: 10 },
} as const;

/** The events of an answered question. */
export function answeredEvents(standaloneQuestion: string): AskEvent[] {
  const citations = [citationOf(LEAVE, 1, 0), citationOf(CARRY, 2, LEAVE.length + 1)];
  const answer = { status: 'answered', text: `${LEAVE} ${CARRY}`, citations } as const;
  return [
    { type: 'passages-found', ...IDS, standaloneQuestion, passages: [LEAVE_HIT] },
    { type: 'text-delta', text: LEAVE },
    ...citations.slice(0, 1).map((citation) => ({ type: 'citation-added', citation }) as const),
    { type: 'text-delta', text: ` ${CARRY}` },
    ...citations.slice(1).map((citation) => ({ type: 'citation-added', citation }) as const),
    { ...END, answer, confidence: 0.93, standaloneQuestion },
  ];
}

/** The events of a question whose answer is less likely than not to be one. */
export function doubtfulEvents(standaloneQuestion: string): AskEvent[] {
  return answeredEvents(standaloneQuestion).map((event) =>
    event.type === 'answer-end' ? { ...event, confidence: 0.4 } : event,
  );
}

/** The events of a declined question. */
export function declinedEvents(standaloneQuestion: string): AskEvent[] {
  const text = 'The documents do not answer this.';
  const answer = {
    status: 'declined',
    reason: 'no_answer_in_documents',
    text,
    closest: [LEAVE_HIT],
  } as const;
  return [
    { type: 'passages-found', ...IDS, standaloneQuestion, passages: [LEAVE_HIT] },
    { type: 'text-delta', text },
    {
      ...END,
      answer,
      confidence: 0.11,
      standaloneQuestion,
      degraded: 'The embedder failed; full text alone answered.',
    },
  ];
}

/** An `ask` that plays these events for every question and records what it was asked. */
export function createFakeAsk(
  eventsOf: (question: string) => readonly AskEvent[],
): Ask & { requests: AskRequest[] } {
  const requests: AskRequest[] = [];
  const ask: Ask = async function* (request) {
    requests.push(request);
    yield* eventsOf(request.question);
  };
  return Object.assign(ask, { requests });
}

export const TURN: Turn = {
  id: 'ans_1',
  question: 'And carried over?',
  standaloneQuestion: 'How much leave may be carried over?',
  answer: { status: 'answered', text: CARRY, citations: [citationOf(CARRY, 1, 0)] },
  confidence: 0.9,
  askedAt: '2026-01-15T09:30:00.000Z',
};

/** One conversation, `conv_1`, with one turn, `ans_1`. */
export function createFakeConversations(): ConversationStore & { feedback: Feedback[] } {
  const conversations = new Map<string, Conversation>([['conv_1', { id: 'conv_1', turns: [TURN] }]]);
  const feedback: Feedback[] = [];
  return {
    feedback,
    getConversation: async (id) => conversations.get(id),
    listConversations: async () => [...conversations.keys()],
    listFeedback: async () => feedback,
    appendTurn: async () => true,
    holdConversation: async () => true,
    deleteConversationsBefore: async () => 0,
    deleteTurn: async () => true,
    deleteConversation: async (id) => conversations.delete(id),
    async saveFeedback(one) {
      if (one.answerId !== TURN.id) return false;
      feedback.push(one);
      return true;
    },
    listUnsatisfied: async () => [],
  };
}

/** A store of these documents that only lists and reads. */
export function createFakeStore(documents: readonly Document[]): AppDependencies['store'] {
  const ordered = [...documents].sort((a, b) => (a.uri < b.uri ? -1 : 1));
  return {
    async listDocuments({ limit, afterUri }) {
      const after = ordered.filter(({ uri }) => afterUri === undefined || uri > afterUri);
      return after.slice(0, limit).map((one) => ({ ...one, origin: 'folder:documents', passageCount: 2 }));
    },
    countDocuments: async () => ({ documents: ordered.length, passages: ordered.length * 2 }),
    getDocument: async (id) => ordered.find((one) => one.id === id),
    passageIds: async () => [],
    getPassages: async () => [],
  };
}

/** An `ingest` that loads everything and keeps it in `loaded`. */
export function createFakeIngest() {
  const loaded: LoadedDocument[] = [];
  const calls: { source: string; prune: boolean | undefined }[] = [];
  const ingest: AppDependencies['ingest'] = async (source, options) => {
    calls.push({ source: source.name, prune: options?.prune });
    const failed: { uri: string; message: string }[] = [];
    let added = 0;
    for await (const item of source.items()) {
      try {
        const documents = await item.load();
        loaded.push(...documents);
        added += documents.length;
      } catch (error) {
        failed.push({ uri: item.uri, message: error instanceof Error ? error.message : String(error) });
      }
    }
    const report: IngestReport = {
      added,
      changed: 0,
      removed: 0,
      unchanged: 0,
      failed,
      embeddedPassages: added,
      reusedPassages: 0,
      generation: 2,
      elapsedMs: 5,
    };
    return report;
  };
  return { ingest, loaded, calls };
}

/** Every dependency of `createApp` as a fake; `settings` and the rest can be overridden. */
export function fakeDependencies(
  overrides: Partial<Omit<AppDependencies, 'settings'>> & { settings?: Partial<HttpSettings> } = {},
) {
  const logged: LogEntry[] = [];
  const searched: SearchRequest[] = [];
  const { settings, ...rest } = overrides;
  let ids = 0;
  const deps: AppDependencies = {
    ask: createFakeAsk(answeredEvents),
    async search(request) {
      searched.push(request);
      return { hits: [LEAVE_HIT] };
    },
    suggest: async ({ limit }) =>
      ['Leave', 'Office']
        .map((question) => ({ question, documentId: HANDBOOK.id, documentTitle: HANDBOOK.title }))
        .slice(0, limit),
    store: createFakeStore([HANDBOOK]),
    conversations: createFakeConversations(),
    ingest: createFakeIngest().ingest,
    intake: { accept: async () => {}, status: async () => ({ waiting: 0, failed: [], settling: 0 }) },
    importDocuments: async () => ({ added: 0, changed: 0, unchanged: 0 }),
    importConversations: async () => ({ turns: 0, expired: 0 }),
    removeDocuments: async (removed) => removed.filter((id) => id === HANDBOOK.id).length,
    async loadFile({ uri, mediaType, bytes }) {
      if (uri.endsWith('.broken')) throw new IbidError('document_unreadable', 'not a document');
      const text = new TextDecoder().decode(bytes);
      return [
        {
          uri,
          title: uri,
          mediaType: mediaType ?? 'text/plain',
          text,
          metadata: {},
          structure: NO_STRUCTURE,
        },
      ];
    },
    readiness: async () => ({ ready: true, detail: { index: 'ready' } }),
    clock: () => Date.parse('2026-01-15T09:31:00.000Z'),
    newId: () => `req_${++ids}`,
    log: (entry) => logged.push(entry),
    assets: { read: async (path) => new TextEncoder().encode(`asset ${path}`) },
    sessionSecret: new Uint8Array(32),
    clientAddress: () => '127.0.0.1',
    rateLimiter: createMemoryRateLimiter(),
    createMcp: createMcpOverHttp,
    ...rest,
    settings: {
      ...DEFAULT_LIMITS,
      adminOpen: true,
      loopbackOnly: false,
      apiKeys: [],
      allowedOrigins: [],
      ...settings,
    },
  };
  return { deps, logged, searched };
}
