import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Graph, type Labels, readGraph } from './graph.ts';

/** Changes when files of before can no longer be read, or when the graph is built otherwise. */
const FORMAT = 'ibid-hnsw/1';
const HEADER = 'vectors.json';

interface Header {
  readonly format: string;
  readonly generation: number;
  readonly dimensions: number;
  /** The graph's file, beside this one. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Documents, and for each label its passage id and the position of its document; null for removed ones. */
  readonly documents: readonly string[];
  readonly labels: readonly (readonly [string, number] | null)[];
}

export interface SavedGraph {
  readonly graph: Graph;
  readonly generation: number;
}

/**
 * Saves a graph in `directory`. Its file is written under a new name, flushed and checked; then a header takes the place
 * of the old one in one step. Stopped anywhere before that, the old header still names the old file.
 */
export async function saveGraph(directory: string, graph: Graph, generation: number): Promise<void> {
  await mkdir(directory, { recursive: true });
  const file = `vectors-${generation}-${Date.now().toString(36)}.hnsw`;
  const path = join(directory, file);
  try {
    await graph.write(path);
    await flush(path);
    const { bytes, sha256 } = await digest(path);
    // On a full disk the library reports success, so its file is compared with the least that it must hold.
    const least = graph.labels.length * graph.dimensions * Float32Array.BYTES_PER_ELEMENT;
    if (bytes < least)
      throw new Error(`${path} holds ${bytes} bytes of at least ${least}: the disk may be full.`);
    const names = nameLabels(graph.labels);
    const header: Header = {
      format: FORMAT,
      generation,
      dimensions: graph.dimensions,
      file,
      bytes,
      sha256,
      ...names,
    };
    await replace(join(directory, HEADER), JSON.stringify(header));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  await removeOthers(directory, file);
}

/** Loads the graph of `directory`, or undefined when there is none that is whole and has these dimensions. */
export async function loadGraph(directory: string, dimensions: number): Promise<SavedGraph | undefined> {
  try {
    const header = JSON.parse(await readFile(join(directory, HEADER), 'utf8')) as Header;
    if (header.format !== FORMAT || header.dimensions !== dimensions) return undefined;
    const path = join(directory, header.file);
    // The library trusts its file: a link that points nowhere would end the process, so every byte is checked first.
    if ((await stat(path)).size !== header.bytes) return undefined;
    if ((await digest(path)).sha256 !== header.sha256) return undefined;
    const labels: Labels = header.labels.map((label) =>
      label ? { passageId: label[0], documentId: String(header.documents[label[1]]) } : undefined,
    );
    return { graph: await readGraph(path, dimensions, labels), generation: header.generation };
  } catch {
    // Missing, cut short or written by another version: it is derived, and built again from the store.
    return undefined;
  }
}

function nameLabels(labels: Readonly<Labels>): Pick<Header, 'documents' | 'labels'> {
  const positions = new Map<string, number>();
  const named = labels.map((record): readonly [string, number] | null => {
    if (!record) return null;
    const position = positions.get(record.documentId) ?? positions.size;
    positions.set(record.documentId, position);
    return [record.passageId, position];
  });
  return { documents: [...positions.keys()], labels: named };
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function digest(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  const stream = createReadStream(path, { highWaterMark: 1024 * 1024 });
  await pipeline(stream, hash);
  return { bytes: stream.bytesRead, sha256: hash.digest('hex') };
}

async function replace(path: string, text: string): Promise<void> {
  const aside = `${path}.new`;
  const handle = await open(aside, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, path);
}

async function removeOthers(directory: string, kept: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (/^vectors-.*\.hnsw$/.test(name) && name !== kept) await rm(join(directory, name), { force: true });
  }
}
