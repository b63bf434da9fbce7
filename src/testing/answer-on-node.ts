import { join } from 'node:path';
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

/** What Ibid on Node answers from the shipped documents, with the embedding model at `modelUrl`; and these documents. */
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
    const answers: ComparedAnswer[] = [];
    for (const question of questions) {
      let answer: Answer | undefined;
      for await (const event of ibid.ask({ question }))
        if (event.type === 'answer-end') answer = event.answer;
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
