import type { ConversationStore } from '../../ports/conversation-store.ts';
import type { PassageStore } from '../../ports/passage-store.ts';
import { ARCHIVE_VERSION, type ArchiveRecord } from '../../transfer/archive.ts';
import { decodeRecord } from '../../transfer/decode-record.ts';
import { exportConversations, exportDocuments, type Page } from '../../transfer/export-records.ts';
import type { RemoteIbid } from '../send/remote-ibid.ts';

const PAGE = 50;

/** Everything that is stored here, from the header on. `made`: ISO 8601, UTC. */
export async function* readStored(
  { store, conversations }: { readonly store: PassageStore; readonly conversations: ConversationStore },
  made: string,
): AsyncGenerator<ArchiveRecord> {
  const manifest = await store.manifest();
  yield { ...headerOf(made), ...(manifest === undefined ? {} : { index: withoutGeneration(manifest) }) };
  const documents = (after: string) => exportDocuments(store, { limit: PAGE, after });
  for await (const document of pages(documents)) yield { type: 'document', ...document };
  const told = (after: string) => exportConversations(conversations, { limit: PAGE, after });
  for await (const conversation of pages(told)) yield { type: 'conversation', ...conversation };
}

/** Everything that another Ibid stores. */
export async function* readRemote(remote: RemoteIbid, made: string): AsyncGenerator<ArchiveRecord> {
  yield headerOf(made);
  for (const part of ['documents', 'conversations'] as const) {
    const lines = async (after: string) => {
      const { lines: items, next } = await remote.exportPage(part, after);
      return { items, ...(next === undefined ? {} : { next }) };
    };
    for await (const line of pages(lines)) yield decodeRecord(line);
  }
}

function headerOf(made: string) {
  return { type: 'header', version: ARCHIVE_VERSION, made } as const;
}

function withoutGeneration<T extends { readonly generation: number }>(manifest: T): Omit<T, 'generation'> {
  const { generation: _, ...identity } = manifest;
  return identity;
}

async function* pages<T>(read: (after: string) => Promise<Page<T>>): AsyncGenerator<T> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page: Page<T> = await read(after);
    yield* page.items;
    after = page.next;
  }
}
