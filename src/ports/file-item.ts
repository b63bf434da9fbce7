import { sha256Hex } from '../model/hash.ts';
import type { SourceItem } from './document-source.ts';
import type { FileLoader, LoadableFile } from './file-loader.ts';

export interface FileLoading {
  readonly load: FileLoader;
  /** Changes with what `load` makes of the same file. Without it every file is loaded each time. */
  readonly loaderId?: string;
}

/** An item that is one file: it is got once, and with `loaderId` its bytes stand for what it is loaded as. */
export function fileItem(
  uri: string,
  get: () => Promise<Omit<LoadableFile, 'uri'>>,
  { load, loaderId }: FileLoading,
): SourceItem {
  let got: ReturnType<typeof get> | undefined;
  const fileOnce = async (): Promise<LoadableFile> => {
    got ??= get();
    const { mediaType, bytes } = await got;
    return mediaType === undefined ? { uri, bytes } : { uri, mediaType, bytes };
  };
  const item: SourceItem = { uri, load: async () => load(await fileOnce()) };
  if (loaderId === undefined) return item;
  return { ...item, fingerprint: async () => fingerprintOf(loaderId, await fileOnce()) };
}

async function fingerprintOf(loaderId: string, { uri, mediaType, bytes }: LoadableFile): Promise<string> {
  return sha256Hex(JSON.stringify([loaderId, uri, mediaType ?? null, await sha256Hex(bytes)]));
}
