import { stat } from 'node:fs/promises';
import { basename, normalize, resolve } from 'node:path';
import type { Config } from '../config.ts';
import type { DocumentSource } from '../ports/document-source.ts';
import { loaderId } from './loader-id.ts';

/**
 * The folder of the settings. Its name is the same for every folder, so that another one takes the place of the first and its
 * documents.
 */
export async function configuredSource(config: Config): Promise<DocumentSource> {
  return { ...(await folderSource(config.documents)), name: 'folder:documents' };
}

/** A source for each path and one for all URLs; what they bring stands beside the documents of the settings. */
export async function namedSources(
  config: Config,
  places: readonly string[],
  web: { readonly crawl?: boolean; readonly allowPrivate?: boolean } = {},
): Promise<DocumentSource[]> {
  const isUrl = (place: string): boolean => /^https?:\/\//i.test(place);
  const sources: DocumentSource[] = [];
  for (const place of places.filter((each) => !isUrl(each))) {
    const isConfigured = resolve(place) === resolve(config.documents);
    sources.push(isConfigured ? await configuredSource(config) : await namedFolder(place));
  }
  const urls = places.filter(isUrl);
  if (urls.length > 0) sources.push(await webSource(urls, web));
  return sources;
}

/** A folder or a single file, read as it is. */
export async function folderSource(directory: string): Promise<DocumentSource> {
  const [{ createFolderSource }, { createFileLoader }, { supportedExtensions }] = await Promise.all([
    import('../adapters/files/folder-source.ts'),
    import('../adapters/loaders/file-loader.ts'),
    import('../adapters/loaders/formats.ts'),
  ]);
  const load = createFileLoader();
  return createFolderSource({
    ...{ directory, load, extensions: supportedExtensions },
    loaderId: await loaderId(),
  });
}

/** The uris of another folder begin with its name, so that equal names in two folders do not meet. */
async function namedFolder(place: string): Promise<DocumentSource> {
  const source = await folderSource(place);
  const isFolder = await stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const prefix = isFolder ? `${basename(resolve(place))}/`.normalize('NFC') : '';
  return {
    name: `folder:${normalize(place).replace(/(?<=.)[\\/]+$/, '')}`,
    async *items() {
      for await (const item of source.items()) {
        const load = async () => {
          const documents = await item.load();
          return documents.map((document) => ({ ...document, uri: prefix + document.uri }));
        };
        yield { ...item, uri: prefix + item.uri, load };
      }
    },
  };
}

async function webSource(
  urls: readonly string[],
  options: { readonly crawl?: boolean; readonly allowPrivate?: boolean },
): Promise<DocumentSource> {
  const [{ createWebSource }, { createFileLoader }] = await Promise.all([
    import('../adapters/web/web-source.ts'),
    import('../adapters/loaders/file-loader.ts'),
  ]);
  return createWebSource({ urls, load: createFileLoader(), loaderId: await loaderId(), ...options });
}
