import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
import { Document } from '@langchain/core/documents';
import { Embeddings } from '@langchain/core/embeddings';
import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters';
import type { EvalCorpus } from '../datasets/eval-dataset.ts';
import type { ClosableEmbedder, IndexOptions } from './open-index.ts';

const CHUNK = { chunkSize: 1000, chunkOverlap: 200 };
/** Names all that its vectors depend on but the corpus and the embedder. */
export const LANGCHAIN_STACK = `langchain-${CHUNK.chunkSize}-${CHUNK.chunkOverlap}`;
/** Chunks that are embedded between two reports of progress. */
const TOGETHER = 64;

export interface FoundChunk {
  readonly docId: string;
  readonly text: string;
  /** Cosine. */
  readonly score: number;
}

export interface LangchainStore {
  /** The nearest chunks, best first; all of them where there are fewer. */
  readonly search: (query: string, limit: number) => Promise<FoundChunk[]>;
  readonly close: () => Promise<void>;
}

interface ChunkSource {
  readonly source: string;
}

/**
 * Indexes a corpus as LangChain's retrieval guide does (https://docs.langchain.com/oss/javascript/langchain/rag): each
 * document, its title before its text, is split recursively at 1000 characters with 200 of overlap, and the chunks go into
 * HNSWLib. Or opens the index kept from last time.
 */
export async function openLangchainStore(
  corpus: EvalCorpus,
  { cacheDirectory, embedderId, openEmbedder }: IndexOptions,
  onProgress?: (done: number, total: number) => void,
): Promise<LangchainStore> {
  const key = (await corpus.key()).slice(0, 24);
  const name = `${key}-${LANGCHAIN_STACK}-${embedderId.replace(/[^\w.-]+/g, '-')}`;
  const directory = join(cacheDirectory, 'indexes', name);
  const embedder = await openEmbedder();
  const embeddings = toEmbeddings(embedder);
  try {
    if (!existsSync(directory)) await build(corpus, embeddings, directory, onProgress);
    const store = existsSync(directory) ? await HNSWLib.load(directory, embeddings) : undefined;
    return {
      search: async (query, limit) => searchStore(store, query, limit),
      close: () => embedder.close(),
    };
  } catch (error) {
    await embedder.close();
    throw error;
  }
}

/**
 * Title and text as the splitter reads them, joined by a space as BEIR's own retrievers do: after a line break the title
 * would become a chunk of its own. Offsets into the text are those into this, less `offset`.
 */
export function withTitle({ title, text }: { title: string; text: string }): {
  whole: string;
  offset: number;
} {
  const head = title === '' ? '' : `${title} `;
  return { whole: head + text, offset: head.length };
}

async function searchStore(store: HNSWLib | undefined, query: string, limit: number): Promise<FoundChunk[]> {
  if (store === undefined) return [];
  const found = await store.similaritySearchWithScore(query, Math.min(limit, store.index.getCurrentCount()));
  return found.map(([{ pageContent, metadata }, distance]) => {
    const { source } = metadata as ChunkSource;
    return { docId: source, text: pageContent, score: 1 - distance };
  });
}

/** Leaves nothing where the corpus is empty: HNSWLib cannot save an index without vectors. */
async function build(
  corpus: EvalCorpus,
  embeddings: Embeddings,
  directory: string,
  onProgress?: (done: number, total: number) => void,
): Promise<void> {
  const documents: Document<ChunkSource>[] = [];
  for await (const document of corpus.documents())
    documents.push(
      new Document({ pageContent: withTitle(document).whole, metadata: { source: document.uri } }),
    );
  const chunks = await new RecursiveCharacterTextSplitter(CHUNK).splitDocuments(documents);
  if (chunks.length === 0) return;
  const store = new HNSWLib(embeddings, { space: 'cosine' });
  for (let from = 0; from < chunks.length; from += TOGETHER) {
    await store.addDocuments(chunks.slice(from, from + TOGETHER));
    onProgress?.(Math.min(from + TOGETHER, chunks.length), chunks.length);
  }
  // It saves in place: written aside and renamed, so that a killed run leaves no half of an index.
  const aside = `${directory}.part`;
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  await store.save(aside);
  await rename(aside, directory);
}

/** Plain sentence vectors behind LangChain's interface: a chunk alone, without headings; questions in the same exact weights. */
function toEmbeddings(embedder: ClosableEmbedder): Embeddings {
  const embed = async (texts: readonly string[]) => {
    const inputs = texts.map((text) => ({ context: '', text, sentences: [] }));
    return (await embedder.embedPassages(inputs)).map(({ vector }) => [...vector]);
  };
  return new (class extends Embeddings {
    embedDocuments(texts: string[]): Promise<number[][]> {
      return embed(texts);
    }

    async embedQuery(text: string): Promise<number[]> {
      return (await embed([text]))[0] ?? [];
    }
  })({});
}
