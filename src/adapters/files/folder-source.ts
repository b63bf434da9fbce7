import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { IbidError, messageOf } from '../../model/errors.ts';
import type { DocumentSource, SourceItem } from '../../ports/document-source.ts';
import { type FileLoading, fileItem } from '../../ports/file-item.ts';

export interface FolderSourceOptions extends FileLoading {
  /** A folder, or a single file. */
  readonly directory: string;
  /** Files with other extensions are passed over in silence: pictures and the like live in every folder. */
  readonly extensions: ReadonlySet<string>;
  /** Default `folder:` and the directory as given. */
  readonly name?: string;
  /** Larger files fail to load. Default 50 MB. */
  readonly maxBytes?: number;
}

interface FoundFile {
  readonly uri: string;
  readonly path: string;
}

const MAX_BYTES = 50 * 1024 * 1024;

/**
 * The documents of a folder and of the folders in it, ordered by uri: the path relative to the folder, with `/`, in NFC.
 * Dot files and node_modules are left out; links are followed to what lies in the folder and is not there already.
 * `items()` throws `config_invalid` where there is no such folder.
 */
export function createFolderSource(options: FolderSourceOptions): DocumentSource {
  const { directory, extensions, name = `folder:${directory}` } = options;
  return {
    name,
    async *items() {
      const isSupported = ({ uri }: FoundFile) => extensions.has(extensionOf(uri));
      const files = await findFiles(directory);
      const wanted =
        files.length === 1 && files[0]?.uri === basename(directory) ? files : files.filter(isSupported);
      for (const file of wanted) yield toItem(file, options);
    },
  };
}

function toItem({ uri, path }: FoundFile, options: FolderSourceOptions): SourceItem {
  const { maxBytes = MAX_BYTES } = options;
  return fileItem(uri, async () => ({ bytes: await readBytes(path, maxBytes) }), options);
}

async function readBytes(path: string, maxBytes: number): Promise<Uint8Array> {
  const { size } = await readable(stat(path));
  if (size > maxBytes) {
    throw new IbidError(
      'document_unreadable',
      `The file is larger than ${megabytes(maxBytes)} MB. Split it and try again.`,
    );
  }
  return readable(readFile(path));
}

async function readable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new IbidError(
      'document_unreadable',
      `The file cannot be read: ${messageOf(error)}. Check its permissions.`,
      { cause: error },
    );
  }
}

async function findFiles(directory: string): Promise<FoundFile[]> {
  const root = await realpath(directory).catch((error: unknown) => {
    throw new IbidError(
      'config_invalid',
      `There is no folder ${directory}. Create it, or name another one (IBID_DOCUMENTS).`,
      { cause: error },
    );
  });
  if ((await stat(root)).isFile()) return [{ uri: basename(directory).normalize('NFC'), path: root }];
  const found = await followLinks(root, await walk(root));
  return found
    .map((file) => ({
      path: file.target,
      uri: relative(root, file.at).split(sep).join('/').normalize('NFC'),
    }))
    .sort((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0));
}

/** Where a file was met, and the real path to read it from. */
interface Visit {
  readonly at: string;
  readonly target: string;
  readonly isLink: boolean;
}

/** All files and links below a folder, links not followed. A folder that cannot be listed is passed over. */
async function walk(folder: string, at = folder): Promise<Visit[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const visits: Visit[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const here = { at: join(at, entry.name), target: join(folder, entry.name) };
    if (entry.isDirectory()) visits.push(...(await walk(here.target, here.at)));
    else if (entry.isFile() || entry.isSymbolicLink())
      visits.push({ ...here, isLink: entry.isSymbolicLink() });
  }
  return visits;
}

/** What is met twice is taken once, so that loops end and uris stay the same when a link is added. */
async function followLinks(root: string, visits: readonly Visit[]): Promise<Visit[]> {
  const files = visits.filter((visit) => !visit.isLink);
  const seen = new Set(files.map((file) => file.target));
  const links = visits.filter((visit) => visit.isLink).sort((a, b) => (a.at < b.at ? -1 : 1));
  for (const link of links) {
    const target = await realpath(link.target).catch(() => undefined);
    if (target === undefined || seen.has(target) || !target.startsWith(root + sep)) continue;
    seen.add(target);
    const isFolder = (await lstat(target)).isDirectory();
    const reached = isFolder ? await walk(target, link.at) : [{ at: link.at, target, isLink: false }];
    for (const visit of reached) {
      if (visit.isLink) links.push(visit);
      else if (visit.target === target || !seen.has(visit.target)) files.push(visit);
      seen.add(visit.target);
    }
  }
  return files;
}

function extensionOf(uri: string): string {
  return /[^/](\.[a-z0-9]+)$/i.exec(uri)?.[1]?.toLowerCase() ?? '';
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_048_576);
}
