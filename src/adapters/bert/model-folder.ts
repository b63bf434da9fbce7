import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { IbidError } from '../../model/errors.ts';

/** Files of a model that lie in a folder; names are relative to it, with `/` between their parts. */
export interface ModelFolder {
  has(name: string): boolean;
  readText(name: string): string;
  /** Undefined when there is none. */
  readTextIfThere(name: string): string | undefined;
  readBytes(name: string): Uint8Array;
  /** SHA-256 in hex, read in pieces to keep memory small. */
  hash(name: string): string;
}

const PIECE_BYTES = 1 << 20;

/** Reads a model's folder; each read throws `config_invalid` with what is expected when the file cannot be had. */
export function createModelFolder(folder: string): ModelFolder {
  const attempt = <T>(name: string, read: (path: string) => T): T => {
    try {
      return read(join(folder, name));
    } catch (cause) {
      throw missing(folder, name, cause);
    }
  };
  const has = (name: string) => existsSync(join(folder, name));
  const readText = (name: string) => attempt(name, (path) => readFileSync(path, 'utf8'));
  return {
    has,
    readText,
    readTextIfThere: (name) => (has(name) ? readText(name) : undefined),
    readBytes: (name) => attempt(name, (path) => readFileSync(path)),
    hash: (name) => attempt(name, hashFile),
  };
}

function missing(folder: string, name: string, cause: unknown): IbidError {
  return new IbidError(
    'config_invalid',
    `The embedding model's file ${join(folder, name)} cannot be read. IBID_EMBED_DIR must name a folder with a BERT model in the layout of sentence-transformers: config.json, tokenizer.json, model.safetensors and 1_Pooling/config.json.`,
    { cause },
  );
}

function hashFile(path: string): string {
  const file = openSync(path, 'r');
  try {
    const hash = createHash('sha256');
    const piece = Buffer.alloc(PIECE_BYTES);
    for (let size = readSync(file, piece); size > 0; size = readSync(file, piece))
      hash.update(piece.subarray(0, size));
    return hash.digest('hex');
  } finally {
    closeSync(file);
  }
}
