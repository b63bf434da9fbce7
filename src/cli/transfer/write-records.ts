import type { Ibid } from '../../node.ts';
import type { ArchivedConversation, ArchivedDocument, ArchiveRecord } from '../../transfer/archive.ts';
import { encodeRecord } from '../../transfer/encode-record.ts';
import type { ImportReply, RemoteIbid } from '../send/remote-ibid.ts';
import type { ArchiveFile } from './archive-file.ts';

/** What an import brought; a document replaced is `changed`, `turns` are those that were not there, `expired` counts conversations left out. */
export type Imported = ImportReply;

type OnProgress = (done: number, total: number) => void;

/** Takes an archive in here: its documents in one commit, then conversation by conversation. */
export async function importHere(
  ibid: Pick<Ibid, 'importDocuments' | 'importConversations'>,
  archive: ArchiveFile,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: OnProgress },
): Promise<Imported> {
  const documents = await ibid.importDocuments(documentsOf(archive), { signal, onProgress });
  return { documents, ...(await ibid.importConversations(conversationsOf(archive))) };
}

async function* conversationsOf(archive: ArchiveFile): AsyncGenerator<ArchivedConversation> {
  for await (const record of archive.records()) if (record.type === 'conversation') yield record;
}

async function* documentsOf(archive: ArchiveFile): AsyncGenerator<ArchivedDocument> {
  for await (const record of archive.records()) if (record.type === 'document') yield record;
}

/** A request of so much is taken in within the time that a Worker has. */
const MOST_CHARACTERS = 500_000;
const MOST_RECORDS = 20;

/** Sends an archive to another Ibid, in requests that may be sent again. */
export async function importThere(
  remote: RemoteIbid,
  archive: ArchiveFile,
  onProgress: OnProgress,
): Promise<Imported> {
  const total = archive.counts.documents + archive.counts.conversations;
  const sum = { documents: { added: 0, changed: 0, unchanged: 0 }, turns: 0, expired: 0 };
  let done = 0;
  for await (const lines of batches(archive.records())) {
    const { documents, turns, expired } = await remote.importLines(lines.join('\n'));
    for (const verdict of ['added', 'changed', 'unchanged'] as const)
      sum.documents[verdict] += documents[verdict];
    sum.turns += turns;
    sum.expired += expired;
    done += lines.length;
    onProgress(done, total);
  }
  return sum;
}

async function* batches(records: AsyncIterable<ArchiveRecord>): AsyncGenerator<readonly string[]> {
  let batch: string[] = [];
  let characters = 0;
  for await (const record of records) {
    if (record.type === 'header' || record.type === 'end') continue;
    const line = encodeRecord(record);
    const full = batch.length === MOST_RECORDS || characters + line.length > MOST_CHARACTERS;
    if (full && batch.length > 0) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(line);
    characters += line.length;
  }
  if (batch.length > 0) yield batch;
}
