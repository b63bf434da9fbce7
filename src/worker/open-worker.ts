import { createD1Centre } from '../adapters/cloudflare/d1-centre.ts';
import { createD1ConversationStore } from '../adapters/cloudflare/d1-conversation-store.ts';
import { type D1Database, openD1Database } from '../adapters/cloudflare/d1-database.ts';
import { createEmbeddingAnew } from '../adapters/cloudflare/d1-embedding-anew.ts';
import { createD1Lease } from '../adapters/cloudflare/d1-lease.ts';
import { narrowStore } from '../adapters/cloudflare/d1-narrow-store.ts';
import { openD1PassageStore } from '../adapters/cloudflare/d1-passage-store.ts';
import { CLOUDFLARE_MIGRATIONS } from '../adapters/cloudflare/d1-schema.ts';
import { createD1Staging, type Staging } from '../adapters/cloudflare/d1-staging.ts';
import { createDurableRateLimiter } from '../adapters/cloudflare/durable-rate-limiter.ts';
import { createVectorCatchUp } from '../adapters/cloudflare/vector-catch-up.ts';
import { createVectorizeIndex, type VectorizeIndex } from '../adapters/cloudflare/vectorize-index.ts';
import { createWorkersAiEmbedder } from '../adapters/cloudflare/workers-ai-embedder.ts';
import { CONVERSATION_MIGRATIONS, PASSAGE_MIGRATIONS } from '../adapters/sql/schema.ts';
import { SLACK_MIGRATIONS } from '../adapters/sql/slack-schema.ts';
import { createAsk } from '../ask/ask.ts';
import { ANSWER_FROM } from '../ask/assess.ts';
import type { Ask } from '../ask/events.ts';
import { type ExpiringConversations, expireConversations } from '../ask/expiring-conversations.ts';
import { createSearch } from '../ask/search.ts';
import { createSuggest } from '../ask/suggest.ts';
import { STEM_ANALYSER } from '../ask/terms.ts';
import type { AppDependencies } from '../http/dependencies.ts';
import { countOutcomes, createMetrics } from '../http/metrics.ts';
import { createIngest, indexIdentity } from '../ingest/ingest.ts';
import { createRemoveDocuments } from '../ingest/remove-documents.ts';
import { createMcpOverHttp } from '../mcp/mcp-over-http.ts';
import { isCompatible } from '../model/manifest.ts';
import type { DocumentSource } from '../ports/document-source.ts';
import type { Embedder } from '../ports/embedder.ts';
import type { PassageStore } from '../ports/passage-store.ts';
import type { SlackBot } from '../slack/slack-bot.ts';
import type { ArchivedDocument } from '../transfer/archive.ts';
import { createImportConversations } from '../transfer/import-conversations.ts';
import { createImportDocuments, type ImportDocuments } from '../transfer/import-documents.ts';
import { createWorkerAssets } from './assets.ts';
import { createEmbedAnew, onceCurrent } from './embed-anew.ts';
import type { Env } from './env.ts';
import { followExactly } from './follow-exactly.ts';
import { guardEmbedder } from './guard-embedder.ts';
import { httpSettings } from './http-settings.ts';
import { createTextFileLoader } from './load-text-file.ts';
import { createWorkerLog } from './log.ts';
import { openWorkerModel } from './open-model.ts';
import { openSlack } from './open-slack.ts';
import { createQueuedIntake } from './queued-intake.ts';
import { openSessionSecret } from './session-secret.ts';
import { createTextOnlyEmbedder } from './text-only-embedder.ts';
import { readWorkerConfig, type WorkerSettings } from './worker-config.ts';

/** Ibid on Workers: everything wired to what wrangler.toml binds. */
export interface WorkerIbid extends Omit<AppDependencies, 'conversations' | 'store'> {
  readonly store: PassageStore;
  readonly conversations: ExpiringConversations;
  readonly staging: Staging;
  /** Takes documents in, of which these are the uris. */
  readonly ingestThese: (source: DocumentSource, uris: readonly string[]) => Promise<unknown>;
  /** A bot for one round of work: what one request of a Worker has begun, such as a timer or a signal, is of no use in another. */
  readonly openBot?: () => SlackBot;
  /** Goes on with embedding anew what another model embedded; gives how many passages are left. */
  readonly embedAnew: () => Promise<number>;
  /** Brings the search by meaning up to date; gives how many passages it does not show yet. */
  readonly settle: () => Promise<number>;
}

/** Brings D1's tables up to date and wires the rest. Rejects with `config_invalid` or `index_incompatible`. */
export async function openWorker(env: Env): Promise<WorkerIbid> {
  const { config, settings } = readWorkerConfig(env);
  const database = await openD1Database(env.DB, [
    PASSAGE_MIGRATIONS,
    CONVERSATION_MIGRATIONS,
    SLACK_MIGRATIONS,
    CLOUDFLARE_MIGRATIONS,
  ]);
  const store = await openD1PassageStore(database, STEM_ANALYSER);
  const embedder = guardEmbedder(openEmbedder(env, settings, database), store);
  const vectorize = openVectorize(env, settings, embedder, database);
  const index = vectorize ?? followExactly(store, embedder.dimensions);
  const now = () => Date.now();
  const newId = () => crypto.randomUUID().replaceAll('-', '');
  const exclusive = createD1Lease({ database, newToken: newId, now, sleep });
  const conversations = expireConversations(createD1ConversationStore(database), {
    keepMs: config.keepConversationsMs,
    now,
  });
  const written = { store, embedder, index };
  const log = createWorkerLog(config.log);
  const report = (message: string) => log({ event: 'fault', id: 'worker', message });
  const reading = await openWorkerModel(env, config, embedder, report);
  const embedAnew = env.AI
    ? createEmbedAnew({ anew: createEmbeddingAnew(database), store, embedder, exclusive, now })
    : async () => 0;
  const ingest = createIngest({ ...written, exclusive, clock: now });
  const ingestThese: WorkerIbid['ingestThese'] = (source, uris) => {
    const narrow = { ...written, store: narrowStore(store, database, uris) };
    return createIngest({ ...narrow, exclusive, clock: now })(source, { prune: false });
  };
  const importThese: ImportDocuments = async (documents, options) => {
    const all: ArchivedDocument[] = [];
    for await (const one of documents) all.push(one);
    const uris = all.map(({ document }) => document.uri);
    const narrow = { ...written, store: narrowStore(store, database, uris) };
    return createImportDocuments({ ...narrow, exclusive })(all, options);
  };
  const staging = createD1Staging(database, newId);
  const settleVectors = vectorize ? () => exclusive(() => settleIn(vectorize, database)) : async () => 0;
  const settle = async () => (await embedAnew()) || settleVectors();
  // What changes the index waits for it to be of this model.
  const once = onceCurrent(embedAnew);
  // One for each question: a Worker's requests must not wait for each other's promises.
  const ask: Ask = (request) =>
    createAsk({
      ...{ ...written, ...reading, conversations, now },
      threshold: ANSWER_FROM.glanced,
      newId: (prefix) => `${prefix}_${newId()}`,
    })(request);
  const suggest = createSuggest({ ...written, threshold: ANSWER_FROM.glanced });
  const { slack } = config;
  const metrics = createMetrics();
  const forBot = { ask: countOutcomes(ask, metrics, now), suggest, conversations, now, newId, report };
  const openBot = slack && (() => openSlack({ slack, queue: env.SLACK, database, ...forBot }));
  const routes = openBot?.().routes;
  return {
    ask,
    metrics,
    search: createSearch(written),
    suggest,
    ...(openBot === undefined ? {} : { openBot }),
    ...(routes === undefined ? {} : { slack: routes }),
    store,
    conversations,
    ingest: once(ingest),
    intake: createQueuedIntake({ staging, queue: env.INGEST, settle }),
    importDocuments: once(importThese),
    importConversations: createImportConversations(conversations),
    removeDocuments: once(createRemoveDocuments({ ...written, exclusive })),
    loadFile: createTextFileLoader(),
    readiness: () => readinessOf(env, store, embedder),
    settings: httpSettings(config),
    clock: now,
    newId,
    log,
    assets: createWorkerAssets(env.ASSETS),
    sessionSecret: await openSessionSecret(database, config.sessionSecret),
    clientAddress: (request) => request.headers.get('cf-connecting-ip') ?? 'unknown',
    rateLimiter: createDurableRateLimiter(env.RATE_LIMITS as never),
    createMcp: createMcpOverHttp,
    staging,
    ingestThese,
    embedAnew,
    settle,
  };
}

function openEmbedder(env: Env, { embeddingModel }: WorkerSettings, database: D1Database): Embedder {
  return env.AI
    ? createWorkersAiEmbedder({
        ai: env.AI,
        model: embeddingModel,
        sleep,
        keepCentre: createD1Centre(database),
      })
    : createTextOnlyEmbedder();
}

function openVectorize(
  env: Env,
  { corpus }: WorkerSettings,
  { dimensions }: Embedder,
  database: D1Database,
): VectorizeIndex | undefined {
  if (!env.VECTORIZE || !env.AI) return undefined;
  const now = () => Date.now();
  return createVectorizeIndex({ vectorize: env.VECTORIZE, database, dimensions, namespace: corpus, now });
}

/** Slices of a call, within the queries of an invocation. */
const CATCH_UP_SLICES = 50;

/** How many passages Vectorize does not show. */
async function settleIn(index: VectorizeIndex, database: D1Database): Promise<number> {
  return (await createVectorCatchUp(database, index)(CATCH_UP_SLICES)) || index.settle();
}

async function readinessOf(env: Env, store: PassageStore, embedder: Embedder) {
  const manifest = await store.manifest();
  const meaning = env.AI
    ? env.VECTORIZE
      ? 'vectorize'
      : 'exact'
    : 'off: no AI binding, full text alone answers';
  const detail = { index: manifest ? 'ready' : 'empty', meaning };
  if (!manifest || isCompatible(manifest, indexIdentity(embedder))) return { ready: true, detail };
  return { ready: false, detail: { ...detail, index: 'made by another embedding model' } };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
