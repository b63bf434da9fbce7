import type { Conversation } from '../model/conversation.ts';
import type { Document } from '../model/document.ts';
import type { IndexIdentity } from '../model/manifest.ts';
import type { Passage } from '../model/passage.ts';
import type { Feedback } from '../ports/conversation-store.ts';

/** A document with the passages it was cut into; its embeddings are made where it is imported. */
export interface ArchivedDocument {
  readonly document: Document;
  readonly origin: string;
  readonly passages: readonly Passage[];
}

/** A conversation with what people said of its answers. */
export interface ArchivedConversation {
  readonly conversation: Conversation;
  readonly feedback: readonly Feedback[];
}

export interface Counts {
  readonly documents: number;
  readonly passages: number;
  readonly conversations: number;
  readonly feedback: number;
}

/** One record of an archive, which begins with a header and ends with how much it holds, so that a cut-off one is told. */
export type ArchiveRecord =
  | {
      readonly type: 'header';
      readonly version: number;
      readonly made: string;
      readonly index?: IndexIdentity;
    }
  | ({ readonly type: 'document' } & ArchivedDocument)
  | ({ readonly type: 'conversation' } & ArchivedConversation)
  | ({ readonly type: 'end' } & Counts);

/** Of what `ibid export` writes; a change that older readers would misread makes it another. */
export const ARCHIVE_VERSION = 1;

export const NOTHING: Counts = { documents: 0, passages: 0, conversations: 0, feedback: 0 };

/** The counts with one record more. */
export function count(counts: Counts, record: ArchiveRecord): Counts {
  if (record.type === 'document') {
    const { documents, passages } = counts;
    return { ...counts, documents: documents + 1, passages: passages + record.passages.length };
  }
  if (record.type === 'conversation') {
    const { conversations, feedback } = counts;
    return { ...counts, conversations: conversations + 1, feedback: feedback + record.feedback.length };
  }
  return counts;
}
