import { join } from 'node:path';
import { openLibsqlPassageStore } from '../adapters/libsql/libsql-passage-store.ts';
import { createExactVectorIndex } from '../adapters/memory/exact-vector-index.ts';
import { createMemoryConversationStore } from '../adapters/memory/memory-conversation-store.ts';
import { createAsk } from '../ask/ask.ts';
import { ANSWER_FROM } from '../ask/assess.ts';
import { readExtractively } from '../ask/read.ts';
import { STEM_ANALYSER } from '../ask/terms.ts';
import { createIngest } from '../ingest/ingest.ts';
import { createMutex } from '../ingest/mutex.ts';
import type { Answer } from '../model/answer.ts';
import type { LoadedDocument } from '../model/document.ts';
import { folderSource } from '../node/sources.ts';
import type { Embedder } from '../ports/embedder.ts';

/** An answer as two platforms are compared by it. */
export interface ComparedAnswer {
  readonly question: string;
  readonly status: string;
  readonly text: string;
  readonly citations: readonly {
    readonly uri: string;
    readonly start: number;
    readonly end: number;
    readonly quote: string;
  }[];
}

/**
 * What Ibid answers from the shipped documents over Node's stores and index, with this embedder; and these documents. The close reading is left out: its model runs on Node alone.
 */
export async function answerOnNode(
  questions: readonly string[],
  { folder, embedder }: { readonly folder: string; readonly embedder: Embedder },
): Promise<{ documents: LoadedDocument[]; answers: ComparedAnswer[] }> {
  const source = await folderSource('documents');
  const documents: LoadedDocument[] = [];
  for await (const item of source.items()) documents.push(...(await item.load()));
  const store = await openLibsqlPassageStore({ path: join(folder, 'index.db'), analyser: STEM_ANALYSER });
  try {
    const index = createExactVectorIndex(embedder.dimensions);
    const clock = () => Date.now();
    await createIngest({ store, embedder, index, exclusive: createMutex(), clock })(source);
    let ids = 0;
    const ask = createAsk({
      ...{ store, index, embedder, conversations: createMemoryConversationStore() },
      ...{ read: readExtractively, threshold: ANSWER_FROM.glanced },
      now: clock,
      newId: (prefix) => `${prefix}_${++ids}`,
    });
    const answers: ComparedAnswer[] = [];
    for (const question of questions) {
      let answer: Answer | undefined;
      for await (const event of ask({ question })) if (event.type === 'answer-end') answer = event.answer;
      if (answer === undefined) throw new Error(`${question} was not answered.`);
      const citations = answer.status === 'answered' ? answer.citations : [];
      answers.push({
        ...{ question, status: answer.status, text: answer.text },
        citations: citations.map(({ uri, start, end, quote }) => ({ uri, start, end, quote })),
      });
    }
    return { documents, answers };
  } finally {
    await store.close();
  }
}
