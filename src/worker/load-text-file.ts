import { createFormatLoader } from '../adapters/loaders/format-loader.ts';
import { TEXT_FORMATS } from '../adapters/loaders/text-formats.ts';
import { IbidError } from '../model/errors.ts';
import type { FileLoader } from '../ports/file-loader.ts';

/** Readers of these are too large for a Worker, and what they read takes too long in one. */
const READ_BY_SENDER = /\.(?:pdf|docx|pptx|epub)$/i;

/** Reads files that are text. Rejects with `document_unreadable` for others, saying how to send them. */
export function createTextFileLoader(): FileLoader {
  const load = createFormatLoader(TEXT_FORMATS);
  return async (file) => {
    if (!READ_BY_SENDER.test(file.uri)) return load(file);
    throw new IbidError(
      'document_unreadable',
      'A Worker does not read this kind of file: send it with `npx ibid ingest FILE --to URL`, which reads it on your machine.',
    );
  };
}
