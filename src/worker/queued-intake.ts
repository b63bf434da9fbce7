import type { Staging } from '../adapters/cloudflare/d1-staging.ts';
import type { DocumentIntake } from '../ports/document-intake.ts';
import type { Env } from './env.ts';

/** Documents a message: few, so that a fault of one keeps few others waiting. */
const DOCUMENTS_A_MESSAGE = 10;

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
      const uris = documents.map(({ uri }) => uri);
      for (let from = 0; from < uris.length; from += DOCUMENTS_A_MESSAGE)
        await queue.send({ uris: uris.slice(from, from + DOCUMENTS_A_MESSAGE) });
    },
    async status() {
      const { waiting, failed } = await staging.status();
      // While documents wait, the queue settles what it has done; afterwards, whoever asks does.
      return { waiting, failed, settling: waiting === 0 ? await settle() : 0 };
    },
  };
}
