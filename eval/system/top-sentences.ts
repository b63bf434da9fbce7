import type { EvalSystem, SystemUnderTest } from './eval-system.ts';
import { firstSentences } from './first-sentences.ts';

/**
 * Another system's retrieval with the simplest of readers: the first `count` sentences of the best document are the answer
 * and its citations. It is what a reader has to beat on questions with long answers.
 */
export function createTopSentences(retriever: SystemUnderTest, count: number): SystemUnderTest {
  return {
    id: `top-sentences=${count} of ${retriever.id}`,
    async open() {
      const system = await retriever.open();
      return { ...system, ask: (question) => askTop(system, question, count) };
    },
  };
}

async function askTop(
  system: EvalSystem,
  question: Parameters<EvalSystem['ask']>[0],
  count: number,
): ReturnType<EvalSystem['ask']> {
  const found = await system.ask(question);
  const docId = found.ranked[0]?.doc_id;
  const text = docId === undefined ? '' : ((await system.document(docId))?.text ?? '');
  const citations = firstSentences(text, count).map((span) => ({ doc_id: docId ?? '', ...span }));
  return {
    ...found,
    status: citations.length > 0 ? 'answered' : 'declined',
    text: citations.map((citation) => citation.quote).join(' '),
    citations,
  };
}
