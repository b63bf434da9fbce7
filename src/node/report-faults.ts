import { messageOf } from '../model/errors.ts';
import type { Embedder } from '../ports/embedder.ts';

/** The same embedder; why a question could not be embedded is told to `report` too, since the asker only learns that it was so. */
export function reportFaults(embedder: Embedder, report: (message: string) => void): Embedder {
  return {
    ...embedder,
    async embedQuery(text) {
      try {
        return await embedder.embedQuery(text);
      } catch (error) {
        report(`A question was answered without vectors: ${messageOf(error)}`);
        throw error;
      }
    },
  };
}
