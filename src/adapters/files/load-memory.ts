import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { LoadMemory, ReadFiles } from '../../ports/load-memory.ts';

/** Source, fingerprint, then uri and content hash of each document. */
type Stored = Record<string, Record<string, [uri: string, contentHash: string][]>>;

/**
 * Remembers in a JSON file. One that is missing, damaged or cannot be written costs time and nothing else: files are read
 * again then. Whoever calls holds the lock under which documents are read.
 */
export function createLoadMemory(path: string): LoadMemory {
  return {
    recall: async (source) => fromStored((await read(path))[source] ?? {}),
    remember: async (source, files) => {
      const { [source]: _, ...others } = await read(path);
      await write(path, files.size === 0 ? others : { ...others, [source]: toStored(files) });
    },
  };
}

async function read(path: string): Promise<Stored> {
  try {
    const stored: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isStored(stored) ? stored : {};
  } catch {
    return {};
  }
}

/** Aside and renamed, so that nobody reads half of it. */
async function write(path: string, stored: Stored): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await writeFile(aside, JSON.stringify(stored));
    await rename(aside, path);
  } catch {
    await rm(aside, { force: true });
  }
}

function toStored(files: ReadFiles): Stored[string] {
  return Object.fromEntries(
    [...files].map(([fingerprint, documents]) => [
      fingerprint,
      documents.map(({ uri, contentHash }) => [uri, contentHash]),
    ]),
  );
}

function fromStored(files: Stored[string]): ReadFiles {
  return new Map(
    Object.entries(files).map(([fingerprint, documents]) => [
      fingerprint,
      documents.map(([uri, contentHash]) => ({ uri, contentHash })),
    ]),
  );
}

function isStored(value: unknown): value is Stored {
  const isObject = (each: unknown): each is object =>
    typeof each === 'object' && each !== null && !Array.isArray(each);
  const isDocument = (each: unknown) =>
    Array.isArray(each) && each.length === 2 && each.every((part) => typeof part === 'string');
  return (
    isObject(value) &&
    Object.values(value).every(
      (files) =>
        isObject(files) &&
        Object.values(files).every((documents) => Array.isArray(documents) && documents.every(isDocument)),
    )
  );
}
