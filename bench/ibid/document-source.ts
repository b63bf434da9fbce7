import { NO_STRUCTURE } from '../../src/model/document.ts';
import { normaliseText } from '../../src/model/normalise.ts';
import type { DocumentSource } from '../../src/ports/document-source.ts';
import type { BenchDocument } from '../text/bench-text.ts';

/** The benchmark's documents as Ibid takes them in, normalised like those of files. */
export function documentSource(documents: readonly BenchDocument[]): DocumentSource {
  return {
    name: 'bench',
    async *items() {
      for (const { id, title, text } of documents) {
        const loaded = {
          uri: id,
          title,
          mediaType: 'text/plain',
          text: normaliseText(text),
          metadata: {},
          structure: NO_STRUCTURE,
        };
        yield { uri: id, load: async () => [loaded] };
      }
    },
  };
}
