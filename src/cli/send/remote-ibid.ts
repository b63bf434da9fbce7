import * as z from 'zod';
import type { Known } from '../../ingest/plan.ts';
import type { LoadedDocument } from '../../model/document.ts';
import { IbidError, messageOf } from '../../model/errors.ts';
import type { IntakeStatus } from '../../ports/document-intake.ts';

export interface RemoteIbidOptions {
  /** Where it answers, e.g. `https://ibid.example.workers.dev`. */
  readonly url: string;
  readonly adminKey: string | undefined;
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
  /** Waits between tries, in milliseconds. */
  readonly sleep: (ms: number) => Promise<unknown>;
}

/** Another Ibid, reached over HTTP. Each call is tried again while the other side is busy or cannot be reached. */
export interface RemoteIbid {
  listDocuments(): Promise<Known[]>;
  send(source: string, documents: readonly LoadedDocument[]): Promise<IntakeStatus>;
  status(): Promise<IntakeStatus>;
  /** Lines of an archive, after where the last page ended. */
  exportPage(
    part: 'documents' | 'conversations',
    after: string,
  ): Promise<{ readonly lines: readonly string[]; readonly next?: string }>;
  /** Takes lines of an archive in. */
  importLines(lines: string): Promise<ImportReply>;
  /** False when it was not there. */
  remove(id: string): Promise<boolean>;
}

export type ImportReply = z.infer<typeof Imported>;

const TRIES = 6;
const FIRST_PAUSE_MS = 500;
const PAGE = 200;
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

const Page = z.object({
  documents: z.array(
    z.object({ id: z.string(), uri: z.string(), origin: z.string(), content_hash: z.string() }),
  ),
  next: z.string().nullable(),
});
const Status = z.object({
  waiting: z.number(),
  failed: z.array(z.object({ uri: z.string(), message: z.string() })),
  settling: z.number(),
});
const Imported = z.object({
  documents: z.object({ added: z.number(), changed: z.number(), unchanged: z.number() }),
  turns: z.number(),
  // An older Ibid does not tell.
  expired: z.number().default(0),
});
const Fault = z.object({ detail: z.string() });

export function connectToIbid(options: RemoteIbidOptions): RemoteIbid {
  const call = caller(options);
  return {
    async listDocuments() {
      const all: Known[] = [];
      for (let after: string | null = ''; after !== null; ) {
        const query = new URLSearchParams({ limit: String(PAGE), ...(after === '' ? {} : { after }) });
        const page = Page.parse(await (await call('GET', `/v1/documents?${query}`)).json());
        for (const { content_hash: contentHash, ...rest } of page.documents)
          all.push({ ...rest, contentHash });
        after = page.next;
      }
      return all;
    },
    async send(source, documents) {
      const body = {
        source,
        documents: documents.map(({ mediaType, ...rest }) => ({ ...rest, media_type: mediaType })),
      };
      return Status.parse(await (await call('POST', '/v1/ingest', body)).json());
    },
    async exportPage(part, after) {
      const reply = await call('GET', `/v1/export?${new URLSearchParams({ part, after })}`);
      const next = reply.headers.get('x-ibid-next');
      const lines = (await reply.text()).split('\n').filter((line) => line !== '');
      return { lines, ...(next === null ? {} : { next: decodeURIComponent(next) }) };
    },
    importLines: async (lines) => Imported.parse(await (await call('POST', '/v1/import', lines)).json()),
    status: async () => Status.parse(await (await call('GET', '/v1/ingest')).json()),
    remove: async (id) => (await call('DELETE', `/v1/documents/${id}`)).status !== 404,
  };
}

function caller({ url, adminKey, fetch, signal, sleep }: RemoteIbidOptions) {
  const base = url.replace(/\/+$/, '');
  const authorization: Record<string, string> =
    adminKey === undefined ? {} : { authorization: `Bearer ${adminKey}` };
  return async (method: string, path: string, body?: unknown): Promise<Response> => {
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      const outcome = await fetch(`${base}${path}`, {
        method,
        signal,
        headers: { ...authorization, ...typeOf(body) },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }).catch((error: unknown) => new Unreachable(base, error));
      if (
        !(outcome instanceof Unreachable) &&
        (outcome.ok || (method === 'DELETE' && outcome.status === 404))
      )
        return outcome;
      const passing = outcome instanceof Unreachable || PASSING.has(outcome.status);
      if (!passing || attempt === TRIES) throw await faultOf(outcome, base);
      await sleep(pauseAfter(outcome, attempt));
    }
  };
}

/** A text is JSON Lines, anything else JSON. */
function typeOf(body: unknown): Record<string, string> {
  if (body === undefined) return {};
  return { 'content-type': typeof body === 'string' ? 'application/jsonl' : 'application/json' };
}

/** A request that got no reply. */
class Unreachable extends Error {
  constructor(base: string, cause: unknown) {
    super(`${base} cannot be reached: ${messageOf(cause)}`, { cause });
  }
}

function pauseAfter(outcome: Response | Unreachable, attempt: number): number {
  const asked = outcome instanceof Unreachable ? 0 : Number(outcome.headers.get('retry-after') ?? 0) * 1000;
  return Math.max(asked, FIRST_PAUSE_MS * 2 ** (attempt - 1));
}

async function faultOf(outcome: Response | Unreachable, base: string): Promise<IbidError> {
  if (outcome instanceof Unreachable) {
    return new IbidError(
      'not_ready',
      `${outcome.message}. Check the address and run the command again: it goes on from here.`,
    );
  }
  const said = Fault.safeParse(await outcome.json().catch(() => undefined));
  const detail = said.success ? said.data.detail : `HTTP ${outcome.status}`;
  if (outcome.status === 401 || outcome.status === 403) {
    return new IbidError('unauthorized', `${base} refuses: ${detail} Set IBID_ADMIN_KEY to its admin key.`);
  }
  if (outcome.status === 404) {
    return new IbidError('not_found', `${base} takes no documents: it is no Ibid, or an older one.`);
  }
  return new IbidError('bad_request', `${base} answers: ${detail}`);
}
