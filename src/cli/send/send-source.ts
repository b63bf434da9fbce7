import { contentHash } from '../../ingest/content-hash.ts';
import { splitterOf } from '../../ingest/ingest.ts';
import { createPlan, type Known, type Plan } from '../../ingest/plan.ts';
import type { LoadedDocument } from '../../model/document.ts';
import { IbidError, messageOf } from '../../model/errors.ts';
import type { DocumentSource, SourceItem } from '../../ports/document-source.ts';
import type { RemoteIbid } from './remote-ibid.ts';

/** Documents of one source, as they stand on the other side now. */
export interface SendReport {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
  readonly failed: readonly { readonly uri: string; readonly message: string }[];
}

/** The most of one request, so that a Worker's memory holds it several times over. */
const MOST_CHARACTERS = 1_500_000;
const MOST_DOCUMENTS = 50;

/**
 * Reads a source here and sends what the other side lacks. What is there already, by its hash, is not sent, so that a run that
 * stopped goes on where it was; what the source no longer holds is removed there.
 */
export async function sendSource(
  remote: RemoteIbid,
  source: DocumentSource,
  options: {
    /** What the other side holds. */
    readonly stored: readonly Known[];
    readonly signal: AbortSignal;
    readonly onRead: (documents: number) => void;
  },
): Promise<SendReport> {
  const origin = `sent:${source.name}`;
  const run: Run = {
    ...{ remote, source, plan: createPlan(options.stored, { origin }), batch: [], characters: 0 },
    ...{ counts: { added: 0, changed: 0, unchanged: 0 }, failed: [] },
  };
  let read = 0;
  for await (const item of source.items()) {
    options.signal.throwIfAborted();
    await takeItem(run, item);
    options.onRead(++read);
  }
  await flush(run);
  const removals = run.plan.removals();
  for (const { id } of removals) await remote.remove(id);
  return { ...run.counts, removed: removals.length, failed: run.failed };
}

interface Pending {
  readonly document: LoadedDocument;
  readonly verdict: 'added' | 'changed';
}

interface Run {
  readonly remote: RemoteIbid;
  readonly source: DocumentSource;
  readonly plan: Plan;
  readonly counts: { added: number; changed: number; unchanged: number };
  readonly failed: { uri: string; message: string }[];
  batch: Pending[];
  characters: number;
}

/** Reads one item; its failure is its own. */
async function takeItem(run: Run, item: SourceItem): Promise<void> {
  let documents: LoadedDocument[];
  try {
    documents = await item.load();
  } catch (error) {
    run.plan.keep(item.uri);
    run.failed.push({ uri: item.uri, message: messageOf(error) });
    return;
  }
  for (const document of documents) await takeDocument(run, document);
}

async function takeDocument(run: Run, document: LoadedDocument): Promise<void> {
  const { uri, text } = document;
  const verdict = run.plan.judge({ uri, contentHash: await contentHash(document, splitterOf()) });
  if (verdict === 'duplicate') {
    run.failed.push({
      uri,
      message: 'Another document of this source has the same uri. Rename one of them.',
    });
    return;
  }
  if (verdict === 'unchanged') {
    run.counts.unchanged++;
    return;
  }
  const full = run.batch.length >= MOST_DOCUMENTS || run.characters + text.length > MOST_CHARACTERS;
  if (full) await flush(run);
  run.batch.push({ document, verdict });
  run.characters += text.length;
}

/** Sends the batch; when the other side refuses it as a whole, one by one, so that one document does not keep the others. */
async function flush(run: Run): Promise<void> {
  const { batch } = run;
  run.batch = [];
  run.characters = 0;
  if (batch.length === 0) return;
  try {
    await send(run, batch);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    for (const one of batch) {
      await send(run, [one]).catch((fault: unknown) => {
        if (!isRefusal(fault)) throw fault;
        run.failed.push({ uri: one.document.uri, message: fault.message });
      });
    }
  }
}

async function send({ remote, source, counts }: Run, batch: readonly Pending[]): Promise<void> {
  await remote.send(
    source.name,
    batch.map(({ document }) => document),
  );
  for (const { verdict } of batch) counts[verdict]++;
}

/** Whether the other side does not want the documents themselves. */
function isRefusal(error: unknown): error is IbidError {
  return error instanceof IbidError && error.code === 'bad_request';
}
