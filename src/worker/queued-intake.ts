import type { Staging } from '../adapters/cloudflare/d1-staging.ts';
import type { LoadedDocument } from '../model/document.ts';
import type { DocumentIntake } from '../ports/document-intake.ts';
import type { Env } from './env.ts';

/** Documents a message: few, so that a fault of one keeps few others waiting. */
const MOST_DOCUMENTS = 10;
/** Characters of a message's documents together, unless one alone has more: what a Worker ingests in one go. */
const MOST_CHARACTERS = 1_000_000;

/**
 * Puts documents in D1 and their names in the queue: a message holds 128 kB, and a document may be 2 MB. Should the second step
 * fail, whoever sent them sends them again.
 */
export function createQueuedIntake(options: {
  readonly staging: Staging;
  readonly queue: Env['INGEST'];
  readonly settle: () => Promise<number>;
}): DocumentIntake {
  const { staging, queue, settle } = options;
  return {
    async accept({ origin, documents }) {
      await staging.add(origin, documents);
      for (const uris of messagesOf(documents)) await queue.send({ uris });
    },
    async status() {
      const { waiting, failed } = await staging.status();
      // While documents wait, the queue settles what it has done; afterwards, whoever asks does.
      return { waiting, failed, settling: waiting === 0 ? await settle() : 0 };
    },
  };
}

/** The addresses of documents, message by message. */
function messagesOf(documents: readonly LoadedDocument[]): string[][] {
  const messages: string[][] = [];
  let room = 0;
  for (const { uri, text } of documents) {
    const last = messages.at(-1);
    if (last === undefined || last.length === MOST_DOCUMENTS || room < text.length) {
      messages.push([uri]);
      room = MOST_CHARACTERS;
    } else last.push(uri);
    room -= text.length;
  }
  return messages;
}
