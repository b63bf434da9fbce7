import { IbidError } from '../model/errors.ts';

/** Encrypts tokens for the store, and decrypts them. */
export interface TokenSeal {
  seal(token: string): Promise<string>;
  /** Rejects with `config_invalid` for what another secret sealed, or what was tampered with. */
  open(sealed: string): Promise<string>;
}

const IV_BYTES = 12;

/** AES-256-GCM with a key that HKDF derives from the app's client secret, which is not in the store. */
export function createTokenSeal(clientSecret: string): TokenSeal {
  let derived: ReturnType<typeof deriveKey> | undefined;
  const key = () => {
    derived ??= deriveKey(clientSecret);
    return derived;
  };
  return {
    async seal(token) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const bytes = new TextEncoder().encode(token);
      const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await key(), bytes));
      return `v1.${toBase64(iv)}.${toBase64(sealed)}`;
    },
    async open(sealed) {
      try {
        const [version, iv = '', data = ''] = sealed.split('.');
        if (version !== 'v1') throw new Error('The version is unknown.');
        const algorithm = { name: 'AES-GCM', iv: fromBase64(iv) };
        return new TextDecoder().decode(
          await crypto.subtle.decrypt(algorithm, await key(), fromBase64(data)),
        );
      } catch (cause) {
        throw new IbidError(
          'config_invalid',
          'A stored Slack token cannot be read with this SLACK_CLIENT_SECRET. Set the one that it was installed with, or install the app anew at /slack/install.',
          { cause },
        );
      }
    },
  };
}

async function deriveKey(secret: string) {
  const encoder = new TextEncoder();
  const base = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, ['deriveKey']);
  const how = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(0),
    info: encoder.encode('ibid slack tokens'),
  };
  return crypto.subtle.deriveKey(how, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
