import * as z from 'zod';
import { IbidError } from '../model/errors.ts';

/** What a valid token says: `id` names its rate-limit bucket, `origin` the site whose pages may send it. */
export interface Session {
  readonly id: string;
  readonly origin: string;
}

/** Short-lived tokens for browsers: nothing is stored, the signature says that we gave them. */
export interface Sessions {
  /** `expiresAt` is milliseconds since the epoch. */
  mint(origin: string): Promise<{ token: string; expiresAt: number }>;
  /** Throws `session_invalid` for a token that is not ours and `session_expired` for one whose time has passed. */
  verify(token: string): Promise<Session>;
}

export interface SessionsOptions {
  /** At least 32 bytes that nobody else knows; servers that share it take each other's tokens. */
  readonly secret: Uint8Array<ArrayBuffer>;
  readonly lifetimeSeconds: number;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly newId: () => string;
}

/** Tells a session token from a key. */
export const TOKEN_PREFIX = 'ibs_';

const ALGORITHM = { name: 'HMAC', hash: 'SHA-256' };
const LONGEST_TOKEN = 2_000;
const Claims = z.strictObject({ id: z.string(), origin: z.string(), exp: z.number() });

/** Tokens are `ibs_PAYLOAD.SIGNATURE`: JSON and its HMAC-SHA256 (RFC 2104), both in base64url. */
export function createSessions({ secret, lifetimeSeconds, clock, newId }: SessionsOptions): Sessions {
  let imported: ReturnType<typeof crypto.subtle.importKey> | undefined;
  const key = () => {
    imported ??= crypto.subtle.importKey('raw', secret, ALGORITHM, false, ['sign', 'verify']);
    return imported;
  };
  return {
    async mint(origin) {
      const exp = Math.ceil(clock() / 1000) + lifetimeSeconds;
      const payload = toBase64Url(encoder.encode(JSON.stringify({ id: newId(), origin, exp })));
      const signature = await crypto.subtle.sign(ALGORITHM, await key(), encoder.encode(payload));
      return {
        token: `${TOKEN_PREFIX}${payload}.${toBase64Url(new Uint8Array(signature))}`,
        expiresAt: exp * 1000,
      };
    },
    async verify(token) {
      const [, payload, signature] = TOKEN.exec(token.slice(0, LONGEST_TOKEN + 1)) ?? [];
      if (payload === undefined || signature === undefined || token.length > LONGEST_TOKEN) throw invalid();
      // Compares in constant time, which a comparison of texts would not.
      const ours = await crypto.subtle
        .verify(ALGORITHM, await key(), fromBase64Url(signature), encoder.encode(payload))
        .catch(() => false);
      if (!ours) throw invalid();
      const { id, origin, exp } = Claims.parse(JSON.parse(decoder.decode(fromBase64Url(payload))));
      if (exp * 1000 <= clock()) throw expired();
      return { id, origin };
    },
  };
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const TOKEN = /^ibs_([\w-]+)\.([\w-]{43})$/;

function invalid(): IbidError {
  return new IbidError(
    'session_invalid',
    'This session token is not one of this server: get a new one with POST /v1/sessions.',
  );
}

function expired(): IbidError {
  return new IbidError('session_expired', 'This session has expired: get a new one with POST /v1/sessions.');
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
