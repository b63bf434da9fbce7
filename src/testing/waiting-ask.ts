import type { Ask, AskRequest } from '../ask/events.ts';

/** An `ask` that finds passages and then waits until it is aborted. */
export function waitingAsk() {
  const requests: AskRequest[] = [];
  let markEnded = () => {};
  const ended = new Promise<void>((resolve) => {
    markEnded = resolve;
  });
  const ask: Ask = async function* (request) {
    requests.push(request);
    try {
      yield {
        type: 'passages-found',
        id: 'ans_1',
        conversationId: 'conv_1',
        standaloneQuestion: request.question,
        passages: [],
      };
      await new Promise<void>((resolve) => request.signal?.addEventListener('abort', () => resolve()));
      yield { type: 'ask-error', code: 'internal', message: 'aborted' };
    } finally {
      markEnded();
    }
  };
  return { ask, requests, ended };
}
