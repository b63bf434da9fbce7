import type { Document } from '@langchain/core/documents';
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { type Runnable, RunnablePassthrough, RunnableSequence } from '@langchain/core/runnables';
import { IbidRetriever } from '../src/adapters/langchain/ibid-retriever.ts';
import { IbidVectorStore } from '../src/adapters/langchain/ibid-vector-store.ts';
import type { Ibid } from '../src/node.ts';

const PROMPT = ChatPromptTemplate.fromTemplate(
  'Answer from these passages alone.\n\n{passages}\n\nQuestion: {question}',
);

/** A LangChain chain whose model reads what Ibid's hybrid search finds. What the model then writes is its own. */
export function createChain(ibid: Ibid, model: BaseChatModel): Runnable<string, string> {
  const retriever = new IbidRetriever({ search: ibid.search, k: 2 });
  return RunnableSequence.from([
    { passages: retriever.pipe(toPrompt), question: new RunnablePassthrough<string>() },
    PROMPT,
    model,
    new StringOutputParser(),
  ]);
}

/** Ibid's index as a LangChain vector store: documents with their cosine similarity, best first. */
export function searchVectors(ibid: Ibid, query: string): Promise<[Document, number][]> {
  return new IbidVectorStore(ibid).similaritySearchWithScore(query, 2);
}

function toPrompt(passages: readonly Document[]): string {
  return passages
    .map(({ pageContent, metadata }) => `[${metadata.uri}:${metadata.start}] ${pageContent}`)
    .join('\n');
}
