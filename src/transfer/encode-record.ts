import type { ArchiveRecord } from './archive.ts';

/** A record as a line of JSON, without its end. What derives from the rest is left out. */
export function encodeRecord(record: ArchiveRecord): string {
  if (record.type !== 'document') return JSON.stringify(record);
  const { type, document, origin, passages } = record;
  const { uri, title, mediaType, contentHash, metadata, text } = document;
  return JSON.stringify({
    ...{ type, uri, title, mediaType, contentHash, metadata, origin, text },
    passages: passages.map(({ start, end, headings, page, sentences }) => ({
      ...{ start, end, headings },
      ...(page === undefined ? {} : { page }),
      sentences: sentences.map((sentence) => [sentence.start, sentence.end]),
    })),
  });
}
