import { IbidError, messageOf } from '../../model/errors.ts';
import type { FileLoader, LoadableFile } from '../../ports/file-loader.ts';
import { unreadable } from './load.ts';
import { isOle, sniffMediaType } from './sniff.ts';
import type { Format } from './text-formats.ts';
import { extensionOf } from './title.ts';

/** Types that servers and browsers give to anything: the extension knows better. */
const VAGUE = new Set([
  '',
  'text/plain',
  'application/octet-stream',
  'binary/octet-stream',
  'application/zip',
]);

/**
 * Reads files of the kinds in `formats`. The kind is told by a media type that names one, else by the extension, else by
 * the first bytes. Rejects with `document_unreadable`, naming what can be read or how to mend the file.
 */
export function createFormatLoader(formats: readonly Format[]): FileLoader {
  const supported = `Ibid reads ${formats.map((format) => format.name).join(', ')}.`;
  return async (file) => {
    const format = formatOf(file, formats);
    if (!format) throw unreadable(`This kind of file is not supported. ${supported}`);
    if (isOle(file.bytes)) {
      throw unreadable(
        'The file is protected by a password or in an old Office format. Save it anew without.',
      );
    }
    const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(file.mediaType ?? '')?.[1];
    const read = await format.reader();
    try {
      return await read({ uri: file.uri, bytes: file.bytes, ...(charset === undefined ? {} : { charset }) });
    } catch (error) {
      if (error instanceof IbidError) throw error;
      throw unreadable(`The file cannot be read as ${format.name}: ${messageOf(error)}.`, error);
    }
  };
}

function formatOf(file: LoadableFile, formats: readonly Format[]): Format | undefined {
  const byMediaType = (mediaType: string | undefined) =>
    formats.find((format) => mediaType !== undefined && format.mediaTypes.includes(mediaType));
  const declared = (file.mediaType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const extension = extensionOf(file.uri);
  return (
    (VAGUE.has(declared) ? undefined : byMediaType(declared)) ??
    formats.find((format) => format.extensions.includes(extension)) ??
    byMediaType(sniffMediaType(file.bytes))
  );
}
