import { splitSentences } from '../ingest/sentences.ts';
import type { StoredPassage } from '../ports/passage-store.ts';

/** A passage that is its whole document, split into sentences as ingestion does; without vectors. */
export function storedPassage(
  text: string,
  title = 'Notes',
  headings: readonly string[] = [],
): StoredPassage {
  const passage = {
    ...{ id: `psg_${title}_${text.length}_${text.slice(0, 20)}`, documentId: `doc_${title}`, ordinal: 0 },
    ...{ start: 0, end: text.length, text, headings, sentences: splitSentences(text) },
  };
  const embedding = { vector: new Float32Array(), sentenceVectors: [] };
  return { passage, documentTitle: title, documentUri: `${title}.md`, embedding };
}
