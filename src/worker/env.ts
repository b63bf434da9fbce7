import type {
  Ai,
  D1Database,
  DurableObjectNamespace,
  Fetcher,
  Queue,
  RateLimit,
  Vectorize,
} from '@cloudflare/workers-types';

/** Names documents that wait in D1. */
export interface IngestMessage {
  readonly uris: readonly string[];
}

/** What wrangler.toml binds; settings and secrets stand beside it as texts. */
export interface Env {
  readonly DB: D1Database;
  readonly INGEST: Queue<IngestMessage>;
  /** Wakes the Slack bot; a message says nothing but that. */
  readonly SLACK: Queue<Record<string, never>>;
  readonly ASSETS: Fetcher;
  readonly RATE_LIMITS: DurableObjectNamespace;
  /** Stops floods before any work is done. */
  readonly FLOOD?: RateLimit;
  /** Without it, full text alone answers. */
  readonly AI?: Ai;
  /** Without it, the Worker compares with every vector itself. */
  readonly VECTORIZE?: Vectorize;
}
