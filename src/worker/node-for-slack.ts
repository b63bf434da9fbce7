/**
 * What Slack's client takes from Node's modules, in web-standard terms: wrangler.toml puts this file in their place, so that the same
 * client runs in the Worker and nothing of Node's reaches it. Files are not uploaded here.
 */
export const TextDecoder = globalThis.TextDecoder;

/** `node:os`, for the client's name in the header User-Agent. */
export function platform(): string {
  return 'workerd';
}

export function release(): string {
  return '0';
}

/** `node:path`. */
export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `node:querystring`. */
export function stringify(fields: Readonly<Record<string, string>>): string {
  return new URLSearchParams(fields).toString();
}

/** `node:stream`, to tell a file from text. */
export class Readable {}

/** `node:fs`. */
export function readFileSync(): never {
  throw new Error('A Worker has no files.');
}

/** `node:zlib`. */
export default {
  unzip(_: unknown, done: (error: Error) => void): void {
    done(new Error('A Worker unpacks no files.'));
  },
};
