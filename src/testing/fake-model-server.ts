import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { MODEL_WIRES, type ModelWire } from './model-wires.ts';

/** What the model says to one request, and what goes wrong meanwhile. */
export interface ModelReply {
  readonly text?: string;
  /** Sizes of the pieces that the text is cut into, in turn; 12 characters without it. */
  readonly pieces?: readonly number[];
  /** Sizes in bytes of the pieces that go over the wire, in turn, across characters and lines; a whole event each without it. */
  readonly bytes?: readonly number[];
  /** Refuses with this status before any text. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
  /** Closes the connection after so many pieces of text: in the middle (`reset`), or as if it were whole (`close`). */
  readonly breakAfter?: number;
  readonly breaks?: 'reset' | 'close' | 'error';
  /** Stops sending after so many pieces of text, and keeps the connection. */
  readonly hangAfter?: number;
  /** Repeats the text without an end. */
  readonly endless?: boolean;
  readonly finish?: 'stop' | 'length' | 'filtered';
  /** Leaves out how many tokens were used. */
  readonly uncounted?: boolean;
  /** Milliseconds before the first byte. */
  readonly delayMs?: number;
}

export interface ModelRequest {
  readonly wire: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** All that the model was told, its system part first. */
  readonly prompt: string;
  /** Resolves when the caller closed the connection before the reply had ended. */
  readonly left: Promise<void>;
}

export interface FakeModelServer {
  readonly url: string;
  readonly requests: ModelRequest[];
  /** What is said from now on: one reply for all requests, or made from each. */
  say(reply: ModelReply | ((request: ModelRequest, count: number) => ModelReply)): void;
  close(): Promise<void>;
}

/** Tokens that it says a prompt and a reply have. */
export const FAKE_TOKENS = { input: 120, output: 30 } as const;

/**
 * A language model over HTTP, on a free loopback port: `POST /v1/chat/completions` (OpenAI), `/v1/messages` (Anthropic) and
 * `/api/chat` (Ollama), streamed. Knows any model but `missing`; asks for `key` if one is given.
 */
export async function startFakeModelServer(
  options: { readonly key?: string } = {},
): Promise<FakeModelServer> {
  const requests: ModelRequest[] = [];
  const state = { say: (): ModelReply => ({}) } as {
    say: (request: ModelRequest, count: number) => ModelReply;
  };
  const server = createServer((incoming, response) => {
    response.on('error', () => {});
    void receive(incoming, response).then(async (request) => {
      requests.push(request);
      await answer(request, response, state.say(request, requests.length), options.key);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    say(reply) {
      state.say = typeof reply === 'function' ? reply : () => reply;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function receive(incoming: IncomingMessage, response: ServerResponse): Promise<ModelRequest> {
  const path = incoming.url ?? '';
  const left = new Promise<void>((resolve) =>
    response.on('close', () => {
      if (!response.writableFinished) resolve();
    }),
  );
  let text = '';
  for await (const chunk of incoming.setEncoding('utf8')) text += chunk;
  const body = JSON.parse(text) as Record<string, unknown>;
  const messages = [body.system, body.messages].flat().filter((one) => one !== undefined);
  const prompt = messages.map((one) => (typeof one === 'string' ? one : contentOf(one))).join('\n');
  return { wire: wireOf(path)?.name ?? '', path, headers: incoming.headers, body, prompt, left };
}

function contentOf(message: unknown): string {
  const { content } = message as { content?: unknown };
  if (typeof content === 'string') return content;
  return [content]
    .flat()
    .map((block) => String((block as { text?: unknown } | undefined)?.text ?? ''))
    .join('');
}

function wireOf(path: string): ModelWire | undefined {
  return MODEL_WIRES.find((wire) => wire.path === path);
}

async function answer(
  { path, headers, body }: ModelRequest,
  response: ServerResponse,
  reply: ModelReply,
  key: string | undefined,
): Promise<void> {
  const wire = wireOf(path);
  const refuse = (status: number, message: string): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...reply.headers });
    response.end(JSON.stringify(wire?.refusal(message) ?? { error: message }));
  };
  if (reply.delayMs !== undefined) await sleep(reply.delayMs);
  if (wire === undefined) return refuse(404, `no route ${path}`);
  if (reply.status !== undefined) return refuse(reply.status, reply.message ?? 'The server will not.');
  if (key !== undefined && headers.authorization !== `Bearer ${key}` && headers['x-api-key'] !== key)
    return refuse(401, 'Incorrect API key provided.');
  if (body.model === 'missing') return refuse(404, 'model "missing" not found');
  await stream(wire, response, reply);
}

async function stream(wire: ModelWire, response: ServerResponse, reply: ModelReply): Promise<void> {
  const write = createWriter(response, reply.bytes);
  response.writeHead(200, { 'content-type': wire.mediaType });
  response.flushHeaders();
  await write(wire.start());
  let sent = 0;
  for (const piece of piecesOf(reply)) {
    if (response.destroyed) return;
    if (sent === reply.hangAfter) return;
    if (sent === reply.breakAfter) return await breakOff(wire, response, reply.breaks ?? 'reset', write);
    await write(wire.text(piece));
    sent++;
  }
  if (sent === reply.hangAfter) return;
  if (sent === reply.breakAfter) return await breakOff(wire, response, reply.breaks ?? 'reset', write);
  await write(wire.end(reply.finish ?? 'stop', reply.uncounted === true ? undefined : FAKE_TOKENS));
  response.end();
}

async function breakOff(
  wire: ModelWire,
  response: ServerResponse,
  how: 'reset' | 'close' | 'error',
  write: (text: string) => Promise<void>,
): Promise<void> {
  if (how === 'error') await write(wire.fault('The model crashed.'));
  if (how === 'reset') response.destroy();
  else response.end();
}

/** Cuts between characters of any kind, also within surrogate pairs, as JSON may carry them. */
function* piecesOf({ text = '', pieces = [12], endless = false }: ModelReply): Iterable<string> {
  let count = 0;
  do {
    for (let at = 0; at < text.length; ) {
      const size = Math.max(1, pieces[count++ % pieces.length] ?? 12);
      yield text.slice(at, at + size);
      at += size;
    }
  } while (endless);
}

/** Writes text as UTF-8, cut at any byte; each piece goes out by itself. */
function createWriter(response: ServerResponse, sizes: readonly number[] | undefined) {
  let count = 0;
  const send = async (bytes: Uint8Array): Promise<void> => {
    if (response.destroyed) return;
    await new Promise<void>((resolve) => response.write(bytes, () => resolve()));
  };
  return async (text: string): Promise<void> => {
    const bytes = Buffer.from(text, 'utf8');
    for (let at = 0; at < bytes.length; ) {
      const size = sizes === undefined ? bytes.length : Math.max(1, sizes[count++ % sizes.length] ?? 1);
      await send(bytes.subarray(at, at + size));
      at += size;
    }
  };
}
