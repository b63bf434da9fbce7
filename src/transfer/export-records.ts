import type { ConversationStore } from '../ports/conversation-store.ts';
import type { PassageStore } from '../ports/passage-store.ts';
import type { ArchivedConversation, ArchivedDocument } from './archive.ts';

type Documents = Pick<PassageStore, 'listDocuments' | 'getDocument' | 'passageIds' | 'getPassages'>;
type Conversations = Pick<ConversationStore, 'listConversations' | 'getConversation' | 'listFeedback'>;

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins; undefined after the last. */
  readonly next?: string;
}

/** Documents by uri, after `after`; those removed meanwhile are left out. */
export async function exportDocuments(
  store: Documents,
  page: { readonly limit: number; readonly after: string },
): Promise<Page<ArchivedDocument>> {
  const listed = await store.listDocuments({ limit: page.limit, afterUri: page.after });
  const items: ArchivedDocument[] = [];
  for (const { id, origin } of listed) {
    const document = await store.getDocument(id);
    const passages = (await store.getPassages(await store.passageIds(id))).map(({ passage }) => passage);
    if (document) items.push({ document, origin, passages });
  }
  return { items, ...nextOf(listed, page.limit, ({ uri }) => uri) };
}

/** Conversations by id, after `after`; those that have expired are left out. */
export async function exportConversations(
  store: Conversations,
  page: { readonly limit: number; readonly after: string },
): Promise<Page<ArchivedConversation>> {
  const ids = await store.listConversations({ limit: page.limit, afterId: page.after });
  const items: ArchivedConversation[] = [];
  for (const id of ids) {
    const conversation = await store.getConversation(id);
    if (conversation) items.push({ conversation, feedback: await store.listFeedback(id) });
  }
  return { items, ...nextOf(ids, page.limit, (id) => id) };
}

function nextOf<T>(listed: readonly T[], limit: number, keyOf: (item: T) => string): { next?: string } {
  const last = listed.at(-1);
  return listed.length < limit || last === undefined ? {} : { next: keyOf(last) };
}
