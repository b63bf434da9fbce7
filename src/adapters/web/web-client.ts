import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Agent, type Dispatcher, request } from 'undici';
import { IbidError, messageOf } from '../../model/errors.ts';
import { guardedLookup, literalAddress, type Resolve, refusedAddress } from './public-address.ts';
import { parseWebAddress } from './web-address.ts';

export interface WebResponse {
  /** After redirects. */
  readonly url: string;
  readonly status: number;
  readonly mediaType: string;
  /** Not compressed any more. */
  readonly bytes: Uint8Array;
}

export interface WebClientOptions {
  /** Whether an IP address may be connected to. */
  readonly isAllowed: (address: string) => boolean;
  /** Longest body, before and after decompression. */
  readonly maxBytes: number;
  /** For the whole of one `get`, redirects included. */
  readonly timeoutMs: number;
  readonly userAgent: string;
  readonly resolve?: Resolve;
}

/** Gets a URL, following at most five redirects. `beforeHop` may refuse each address by throwing. */
export type WebClient = (url: string, beforeHop?: (url: URL) => Promise<void>) => Promise<WebResponse>;

const MAX_REDIRECTS = 5;
const DECODERS = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * A client for pages of strangers: bounded in time, size and redirects, and kept away from private addresses at the
 * moment of connecting. Rejects with `document_unreadable`; any HTTP status but a redirect is an answer.
 */
export function createWebClient(options: WebClientOptions): WebClient {
  const agent = new Agent({
    keepAliveTimeout: 1000,
    keepAliveMaxTimeout: 1000,
    connect: {
      timeout: options.timeoutMs,
      lookup: guardedLookup(options.isAllowed, options.resolve),
    },
  });
  return async (address, beforeHop) => {
    const signal = AbortSignal.timeout(options.timeoutMs);
    let url = parseWebAddress(address);
    try {
      for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
        refuseLiteral(url, options.isAllowed);
        await beforeHop?.(url);
        const response = await request(url, { dispatcher: agent, signal, headers: headersFor(options) });
        const target = redirectTarget(response);
        if (target === undefined) return await readResponse(url, response, options.maxBytes, signal);
        await response.body.dump({ limit: 65_536, signal }).catch(() => undefined);
        url = parseWebAddress(target, url.href);
      }
    } catch (error) {
      throw unreachable(address, error, signal.aborted ? options.timeoutMs : undefined);
    }
    throw new IbidError('document_unreadable', `${address} redirects more than ${MAX_REDIRECTS} times.`);
  };
}

function headersFor({ userAgent }: WebClientOptions): Record<string, string> {
  return { 'user-agent': userAgent, accept: '*/*', 'accept-encoding': 'gzip, deflate, br' };
}

/** A socket looks up names only, so an address written out is checked here. */
function refuseLiteral(url: URL, isAllowed: WebClientOptions['isAllowed']): void {
  const address = literalAddress(url);
  if (address !== undefined && !isAllowed(address)) throw refusedAddress(url.host, address);
}

function redirectTarget({ statusCode, headers }: Dispatcher.ResponseData): string | undefined {
  return [301, 302, 303, 307, 308].includes(statusCode) ? headerOf(headers, 'location') : undefined;
}

async function readResponse(
  url: URL,
  { statusCode, headers, body }: Dispatcher.ResponseData,
  maxBytes: number,
  signal: AbortSignal,
): Promise<WebResponse> {
  const received = collector(url, maxBytes);
  const encoding = headerOf(headers, 'content-encoding')?.trim().toLowerCase() ?? '';
  const decode = DECODERS[encoding as keyof typeof DECODERS];
  if (Number(headerOf(headers, 'content-length') ?? 0) > maxBytes) {
    body.destroy();
    throw tooLarge(url, maxBytes);
  }
  if (decode) await pipeline(body, decode(), received.sink, { signal });
  else await pipeline(body, received.sink, { signal });
  return {
    url: url.href,
    status: statusCode,
    mediaType: headerOf(headers, 'content-type') ?? '',
    bytes: received.bytes(),
  };
}

/** A sink that ends the stream as soon as more arrives than is allowed. */
function collector(url: URL, maxBytes: number): { sink: Writable; bytes: () => Uint8Array } {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const sink = new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      length += chunk.length;
      if (length > maxBytes) return done(tooLarge(url, maxBytes));
      chunks.push(chunk);
      done();
    },
  });
  return { sink, bytes: () => new Uint8Array(Buffer.concat(chunks)) };
}

function tooLarge(url: URL, maxBytes: number): IbidError {
  return new IbidError(
    'document_unreadable',
    `${url.href} is larger than ${maxBytes} bytes. Raise the limit to read it.`,
  );
}

function headerOf(headers: Dispatcher.ResponseData['headers'], name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function unreachable(address: string, error: unknown, timeoutMs: number | undefined): IbidError {
  if (error instanceof IbidError) {
    return error.code === 'document_unreadable'
      ? error
      : new IbidError('document_unreadable', `${address} redirects wrongly: ${error.message}`, {
          cause: error,
        });
  }
  const reason =
    timeoutMs === undefined
      ? messageOf(error) || 'no connection'
      : `it did not answer within ${timeoutMs} ms`;
  return new IbidError('document_unreadable', `${address} cannot be fetched: ${reason}. Check the address.`, {
    cause: error,
  });
}
