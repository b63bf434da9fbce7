import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
import { Document } from '@langchain/core/documents';
import type { Embeddings } from '@langchain/core/embeddings';
import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters';
import type { PeerContender } from '../contender/contender.ts';
import { timeEach } from '../statistics/time-each.ts';
import type { BenchText } from '../text/bench-text.ts';

const TOP = 4;
const DIMENSIONS = 384;

/**
 * The stack of LangChain's retrieval guides (https://docs.langchain.com/oss/javascript/langchain/rag): recursive
 * splitting at 1000 characters with 200 of overlap, HNSWLib, the top 4. Its index stays in memory, unsaved.
 */
export function createPeerContender(text: BenchText, embeddings: Embeddings): PeerContender {
  const splitter = new RecursiveCharacterTextSplitter({ chunkSize: 1000, chunkOverlap: 200 });
  const filled = new HNSWLib(embeddings, { space: 'cosine', numDimensions: DIMENSIONS });
  return {
    embed: (texts) => embeddings.embedDocuments([...texts]),
    async ingest({ from, count }) {
      const documents = (await text.documents(from, count)).map(
        ({ id, title, text: pageContent }) => new Document({ pageContent, metadata: { source: id, title } }),
      );
      const begun = performance.now();
      const chunks = await splitter.splitDocuments(documents);
      await HNSWLib.fromDocuments(chunks, embeddings);
      return { elapsed: performance.now() - begun, passages: chunks.length };
    },
    async fill(passages) {
      const documents = passages.map((passage) => new Document({ pageContent: passage.text }));
      await filled.addVectors(
        passages.map((passage) => Array.from(passage.vector)),
        documents,
      );
    },
    search: (questions) => timeEach(questions, (question) => filled.similaritySearch(question, TOP)),
    close: async () => {},
  };
}
