import { IbidError, messageOf } from '../../model/errors.ts';

/** What D1 reported, saying what to do; an IbidError stays as it is. */
export function d1Fault(error: unknown): IbidError {
  if (error instanceof IbidError) return error;
  const message = messageOf(error);
  const fault = (code: 'index_busy' | 'internal' | 'payload_too_large', text: string) =>
    new IbidError(code, text, { cause: error });
  // What `guardOf` makes SQLite say.
  if (message.includes('malformed JSON'))
    return fault(
      'index_busy',
      'Another ingestion changed the index meanwhile: nothing was changed. Try again.',
    );
  if (/overloaded|too many requests queued/i.test(message))
    return fault('index_busy', 'D1 has too much to do just now. Try again in a moment.');
  if (/too big|SQLITE_TOOBIG/i.test(message))
    return fault(
      'payload_too_large',
      'D1 holds at most 2 MB in a row: split the document into smaller ones.',
    );
  if (/maximum DB size|SQLITE_FULL/i.test(message))
    return fault('internal', 'The D1 database is full: remove documents, or make another for this corpus.');
  return fault('internal', `D1 reported: ${message}.`);
}
