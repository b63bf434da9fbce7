import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context, Hono } from 'hono';
import type { Ask, Search } from '../ask/events.ts';
import type { Suggest } from '../ask/suggest.ts';
import type { Ingest } from '../ingest/report.ts';
import type { LoadedDocument } from '../model/document.ts';
import type { IbidError } from '../model/errors.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { DocumentIntake } from '../ports/document-intake.ts';
import type { PassageStore } from '../ports/passage-store.ts';
import type { ImportConversations } from '../transfer/import-conversations.ts';
import type { ImportDocuments } from '../transfer/import-documents.ts';
import type { Metrics } from './metrics.ts';
import type { RateLimiter, RateLimitPolicy } from './rate-limiter.ts';

export interface HttpSettings {
  /** Opens the admin routes to its bearer. */
  readonly adminKey?: string;
  /** Opens the admin routes without a key to requests for a loopback host; only for a server bound to loopback. */
  readonly adminOpen: boolean;
  /** When any are given, `/v1/*` needs one of them, the admin key or a session. */
  readonly apiKeys: readonly string[];
  /** Origins of sites whose pages may call this server; `*` for all. */
  readonly allowedOrigins: readonly string[];
  /** The server can be reached from its own machine alone, so that other host names than loopback ones are not its own. */
  readonly loopbackOnly: boolean;
  /** `/v1/*` needs a session (or a key) even without API keys. */
  readonly requireSession: boolean;
  readonly sessionSeconds: number;
  readonly sessionRateLimit: RateLimitPolicy;
  /** Longest JSON body in bytes; uploads have `maxUploadBytes`. */
  readonly maxJsonBytes: number;
  /** The same for clients that send the whole conversation with each question. */
  readonly maxMessagesBytes: number;
  readonly maxUploadBytes: number;
  /** Longest question or query in UTF-16 code units. */
  readonly maxQuestionChars: number;
  readonly rateLimit?: RateLimitPolicy;
}

/** The limits that hold unless the owner sets others. */
export const DEFAULT_LIMITS = {
  maxJsonBytes: 64_000,
  maxMessagesBytes: 2_000_000,
  maxUploadBytes: 20_000_000,
  maxQuestionChars: 2_000,
  requireSession: false,
  sessionSeconds: 1_800,
  sessionRateLimit: { limit: 60, windowSeconds: 60 },
} as const;

/** One line of the log: a finished request, or a fault that the caller was not told about. */
export type LogEntry =
  | {
      readonly event: 'request';
      readonly id: string;
      readonly method: string;
      /** Without its query string. */
      readonly path: string;
      readonly status: number;
      /** Until the last byte of a stream was handed over. */
      readonly ms: number;
    }
  | { readonly event: 'fault'; readonly id: string; readonly message: string; readonly stack?: string };

/** An uploaded file, as a loader takes it. */
export interface UploadedFile {
  readonly uri: string;
  readonly mediaType?: string;
  readonly bytes: Uint8Array;
}

/** All that the HTTP surface needs from the composition root. */
export interface AppDependencies {
  readonly ask: Ask;
  readonly search: Search;
  readonly suggest: Suggest;
  readonly store: Pick<
    PassageStore,
    'listDocuments' | 'countDocuments' | 'getDocument' | 'passageIds' | 'getPassages'
  >;
  readonly conversations: ConversationStore;
  readonly ingest: Ingest;
  /** Takes documents in that another machine has read. */
  readonly intake: DocumentIntake;
  /** Takes in what another Ibid exported. */
  readonly importDocuments: ImportDocuments;
  readonly importConversations: ImportConversations;
  /** Number of documents removed; unknown ids are ignored. */
  readonly removeDocuments: (ids: readonly string[]) => Promise<number>;
  /** Rejects with `document_unreadable`, saying why. */
  readonly loadFile: (file: UploadedFile) => Promise<LoadedDocument[]>;
  /** `detail` says of each part how it stands, e.g. `{ index: "building" }`. */
  readonly readiness: () => Promise<{ ready: boolean; detail: Record<string, string> }>;
  readonly settings: HttpSettings;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** A fresh request id: letters, digits, `-` and `_`. */
  readonly newId: () => string;
  readonly log: (entry: LogEntry) => void;
  /** Static files: `page/app.css`, `swagger-ui/swagger-ui.css`, …; undefined when there is none. */
  readonly assets: { read(path: string): Promise<Uint8Array | undefined> };
  /** At least 32 bytes that sign session tokens; keep them over restarts, and the same on servers that share visitors. */
  readonly sessionSecret: Uint8Array<ArrayBuffer>;
  /** Whom to count a request against when it brings no key: `env` is what the server hands over beside the request. */
  readonly clientAddress: (request: Request, env: unknown) => string;
  readonly rateLimiter: RateLimiter;
  /** Counters that others count in as well, such as the Slack bot; its own without them. */
  readonly metrics?: Metrics;
  /** The routes below `/slack`, when the Slack bot is set up. */
  readonly slack?: Hono;
  /** Makes what answers the requests of the Model Context Protocol. */
  readonly createMcp: (
    deps: Pick<AppDependencies, 'ask' | 'search' | 'store' | 'log' | 'newId'> & {
      readonly maxQuestionChars: number;
    },
  ) => (request: Request) => Promise<Response>;
}

/** Who sent a request: `refused` brought a session token that does not hold. */
export type Caller =
  | { readonly kind: 'admin' | 'api'; readonly key: string }
  | { readonly kind: 'session'; readonly id: string; readonly origin: string }
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'refused'; readonly error: IbidError };

export interface HttpEnv {
  Variables: {
    requestId: string;
    caller: Caller;
    /** Settles when a streamed body has ended. */
    streamEnded?: Promise<void>;
  };
}

export type App = OpenAPIHono<HttpEnv>;
export type HttpContext = Context<HttpEnv>;
