import { IbidError } from '../model/errors.ts';
import type { HttpContext } from './dependencies.ts';

/** The whole body, refused with `payload_too_large` as soon as it is known to exceed `maxBytes`. */
export async function readBody(c: HttpContext, maxBytes: number): Promise<Uint8Array> {
  const encoding = c.req.header('content-encoding');
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new IbidError('unsupported_media_type', 'Send the body uncompressed, without `Content-Encoding`.');
  }
  const declared = Number(c.req.header('content-length') ?? 0);
  if (declared > maxBytes) throw tooLarge(maxBytes);
  return joinChunks(c.req.raw.body, maxBytes);
}

async function joinChunks(stream: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Uint8Array> {
  if (stream === null) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > maxBytes) {
      reader.cancel().catch(() => {});
      throw tooLarge(maxBytes);
    }
    chunks.push(part.value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function tooLarge(maxBytes: number): IbidError {
  return new IbidError(
    'payload_too_large',
    `The body is larger than the ${maxBytes.toLocaleString('en')} bytes that this route takes.`,
  );
}
