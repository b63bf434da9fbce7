import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFakeEmbedder } from './fake-embedder.ts';

/** What it does wrong until it is told otherwise. */
export interface Misbehaviour {
  /** Answers so in place of vectors; only so often, when `times` is given. */
  readonly refusal?: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly code?: string;
    readonly times?: number;
  };
  readonly delayMs?: number;
  /** Sends OpenAI's results last to first, each with its `index`. */
  readonly reversed?: boolean;
  /** What becomes of OpenAI's `index`. */
  readonly index?: (index: number) => unknown;
  /** What becomes of the vectors of a request, before they are written as JSON. */
  readonly vectors?: (vectors: number[][]) => readonly unknown[];
  /** Sends base64 whatever was asked for. */
  readonly base64?: boolean;
  /** Sends this in place of JSON. */
  readonly body?: string;
}

export interface FakeEmbeddingRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly input: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
}

export interface FakeEmbeddingServer {
  readonly url: string;
  readonly requests: FakeEmbeddingRequest[];
  /** Replaces what it did wrong before. */
  misbehave(how: Misbehaviour): void;
  close(): Promise<void>;
}

export const FAKE_MODEL = 'bag-of-words';
export const FAKE_DIMENSIONS = 64;
/** Servers need not send unit vectors. */
const LENGTH = 3;

/**
 * Serves the fake embedder's vectors, three units long, as OpenAI's `POST /v1/embeddings` and as Ollama's `POST /api/embed`,
 * on a free loopback port. Knows one model; asks for `key` if one is given; refuses empty texts as OpenAI does and leaves them
 * out as Ollama does.
 */
export async function startFakeEmbeddingServer(
  options: { readonly key?: string } = {},
): Promise<FakeEmbeddingServer> {
  const requests: FakeEmbeddingRequest[] = [];
  const state = { how: {} as Misbehaviour, refused: 0 };
  const server = createServer((request, response) => {
    void reply(request, response, options.key, state, requests);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    misbehave: (how) => Object.assign(state, { how, refused: 0 }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function reply(
  request: IncomingMessage,
  response: ServerResponse,
  key: string | undefined,
  state: { readonly how: Misbehaviour; refused: number },
  requests: FakeEmbeddingRequest[],
): Promise<void> {
  const { how } = state;
  const { refusal } = how;
  const body = JSON.parse(await textOf(request)) as Record<string, unknown>;
  const input = [body.input].flat().map(String);
  const path = request.url ?? '';
  const { authorization } = request.headers;
  requests.push({ path, authorization, input, body });
  const speaksOllama = path === '/api/embed';
  const refuse = (status: number, message: string, code?: string): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...refusal?.headers });
    response.end(JSON.stringify({ error: speaksOllama ? message : { message, code } }));
  };
  if (how.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, how.delayMs));
  if (refusal && state.refused < (refusal.times ?? Infinity)) {
    state.refused++;
    return refuse(refusal.status, 'The server will not.', refusal.code);
  }
  if (key !== undefined && authorization !== `Bearer ${key}`)
    return refuse(401, `Incorrect key ${authorization}`);
  if (path !== '/v1/embeddings' && !speaksOllama) return refuse(404, 'no such route');
  if (body.model !== FAKE_MODEL)
    return refuse(404, `model "${String(body.model)}" not found, try pulling it`);
  if (!speaksOllama && input.includes('')) return refuse(400, 'input cannot be an empty string');
  const vectors = await vectorsOf(input.filter((text) => text !== ''));
  const shaped = how.vectors?.(vectors) ?? vectors;
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(how.body ?? JSON.stringify(speaksOllama ? { embeddings: shaped } : openAi(shaped, body, how)));
}

async function vectorsOf(texts: readonly string[]): Promise<number[][]> {
  const embedder = createFakeEmbedder({ dimensions: FAKE_DIMENSIONS });
  return Promise.all(
    texts.map(async (text) => Array.from(await embedder.embedQuery(text), (number) => number * LENGTH)),
  );
}

function openAi(
  vectors: readonly unknown[],
  { encoding_format }: Readonly<Record<string, unknown>>,
  { reversed = false, index = (at) => at, base64 = false }: Misbehaviour,
): unknown {
  const data = vectors.map((vector, at) => ({
    object: 'embedding',
    index: index(at),
    embedding: base64 || encoding_format === 'base64' ? toBase64(vector) : vector,
  }));
  return { object: 'list', model: FAKE_MODEL, data: reversed ? data.toReversed() : data };
}

function toBase64(vector: unknown): string {
  return Buffer.from(Float32Array.from(vector as number[]).buffer).toString('base64');
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}
