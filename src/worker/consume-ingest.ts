import type { MessageBatch } from '@cloudflare/workers-types';
import type { Staging } from '../adapters/cloudflare/d1-staging.ts';
import { IbidError, messageOf } from '../model/errors.ts';
import type { DocumentSource } from '../ports/document-source.ts';
import type { Env, IngestMessage } from './env.ts';
import { OTHER_MODEL } from './guard-embedder.ts';

interface Consumer {
  readonly staging: Staging;
  /** Takes documents in, of which these are the uris. */
  readonly ingestThese: (source: DocumentSource, uris: readonly string[]) => Promise<unknown>;
  /** Goes on with embedding anew what another model embedded; gives how many passages are left. */
  readonly embedAnew: () => Promise<number>;
  readonly settle: () => Promise<number>;
}

/** A commit's documents have at most so many characters, so that it stays within a Worker's memory and time. */
const MOST_CHARACTERS = 1_000_000;
/** Faults that a later try may not meet. */
const PASSING = new Set(['index_busy', 'embedder_failed', 'internal', 'not_ready']);
const FIRST_DELAY_SECONDS = 5;
const LONGEST_DELAY_SECONDS = 300;

/**
 * Ingests what a batch of messages names. A message is done when all of its documents are; one that meets a passing fault is tried
 * again later, and after as many tries as wrangler.toml allows it arrives here once more, as a dead letter: then the fault is kept
 * for whoever sent the documents. While the index is embedded anew, a message does some of that and goes to the end of the queue.
 */
export async function consumeIngest(
  batch: MessageBatch<IngestMessage>,
  consumer: Consumer,
  queue: Pick<Env['INGEST'], 'send'>,
): Promise<void> {
  const dead = batch.queue.endsWith('-dead');
  for (const message of batch.messages) {
    const { uris } = message.body;
    try {
      if (dead) await consumer.staging.fail(uris, GAVE_UP);
      else if ((await consumer.embedAnew()) > 0) await queue.send(message.body);
      else await ingestStaged(uris, consumer);
      message.ack();
    } catch (error) {
      const delaySeconds = Math.min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** message.attempts);
      message.retry({ delaySeconds });
      console.log(JSON.stringify({ event: 'fault', id: message.id, message: messageOf(error) }));
    }
  }
  if (!dead) await consumer.settle();
}

const GAVE_UP = 'It could not be ingested after several tries: see the log, then send it again.';

async function ingestStaged(uris: readonly string[], { staging, ingestThese }: Consumer): Promise<void> {
  const waiting = await staging.take(uris);
  for (const part of partsOf(waiting)) {
    const [{ origin = '' } = {}] = part;
    const source = {
      name: origin,
      async *items() {
        for (const { document } of part) yield { uri: document.uri, load: async () => [document] };
      },
    };
    const settled = part.map(({ document: { uri }, version }) => ({ uri, version }));
    try {
      await ingestThese(
        source,
        settled.map(({ uri }) => uri),
      );
    } catch (error) {
      if (!(error instanceof IbidError) || PASSING.has(error.code)) throw error;
      // It would fail the same way again.
      await staging.fail(
        settled.map(({ uri }) => uri),
        error.code === 'index_incompatible' ? OTHER_MODEL : error.message,
      );
      continue;
    }
    await staging.done(settled);
  }
}

type Waiting = Awaited<ReturnType<Staging['take']>>;

/** Documents of one origin each, together not too long for one commit. */
function partsOf(waiting: Waiting): Waiting[] {
  const parts: Waiting[number][][] = [];
  let room = 0;
  for (const one of waiting) {
    const last = parts.at(-1);
    const { length } = one.document.text;
    if (last === undefined || room < length || last[0]?.origin !== one.origin) {
      parts.push([one]);
      room = MOST_CHARACTERS;
    } else last.push(one);
    room -= length;
  }
  return parts;
}
