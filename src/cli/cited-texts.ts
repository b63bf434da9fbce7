import type { AnswerEnd } from '../ask/events.ts';
import type { PassageStore } from '../ports/passage-store.ts';

/** The texts of the documents that an answer cites, by id; those that have left are missing. */
export async function citedTexts(
  { answer }: AnswerEnd,
  store: Pick<PassageStore, 'getDocument'>,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  if (answer.status === 'declined') return texts;
  for (const documentId of new Set(answer.citations.map((citation) => citation.documentId))) {
    const document = await store.getDocument(documentId);
    if (document) texts.set(documentId, document.text);
  }
  return texts;
}
