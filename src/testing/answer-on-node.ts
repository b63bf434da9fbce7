import { join } from 'node:path';
import { createAsk } from '../ask/ask.ts';
import { ANSWER_FROM } from '../ask/assess.ts';
import { readExtractively } from '../ask/read.ts';
import { parseConfig } from '../config.ts';
import type { Answer } from '../model/answer.ts';
import type { LoadedDocument } from '../model/document.ts';
import { folderSource } from '../node/sources.ts';
import { openIbid } from '../node.ts';

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
 * What Ibid answers from the shipped documents over Node's stores and index, with the embedding model at `modelUrl`; and these
 * documents. The close reading is left out: its model runs on Node alone.
 */
export async function answerOnNode(
  questions: readonly string[],
  { folder, modelUrl }: { readonly folder: string; readonly modelUrl: string },
): Promise<{ documents: LoadedDocument[]; answers: ComparedAnswer[] }> {
  const source = await folderSource('documents');
  const documents: LoadedDocument[] = [];
  for await (const item of source.items()) documents.push(...(await item.load()));
  const ibid = await openIbid(
    parseConfig({
      IBID_DATA: join(folder, 'data'),
      IBID_EMBED_MODEL: 'openai:test',
      IBID_EMBED_BASE_URL: modelUrl,
    }),
  );
  try {
    await ibid.ingest(source);
    let ids = 0;
    const ask = createAsk({
      ...{ store: ibid.store, index: ibid.index, embedder: ibid.embedder, conversations: ibid.conversations },
      ...{ read: readExtractively, threshold: ANSWER_FROM },
      now: () => Date.now(),
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
    await ibid.close();
  }
}
