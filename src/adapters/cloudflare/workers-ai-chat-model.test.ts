import { describe, expect, it } from 'vitest';
import { ModelError } from '../../model/model-error.ts';
import type { ChatPart } from '../../ports/chat-model.ts';
import { createWorkersAiChatModel } from './workers-ai-chat-model.ts';

const TEXT = 'Die Eule frißt 🦉 Mäuse. [1]';
const USAGE = { prompt_tokens: 9, completion_tokens: 4 };
const line = (event: unknown) => `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`;
const ITS_OWN =
  [...TEXT].map((response) => line({ response })).join('') + line({ response: '', usage: USAGE });
const LIKE_OPENAI = [...TEXT]
  .map((content) => line({ choices: [{ delta: { content }, finish_reason: null }] }))
  .join('');

/** Sends the text in pieces of so many bytes. */
function streamOf(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

async function partsOf(reply: () => unknown, signal = new AbortController().signal) {
  const calls: unknown[][] = [];
  const run = async (...given: unknown[]) => {
    calls.push(given);
    return reply();
  };
  const model = createWorkersAiChatModel({ ai: { run } as never, model: '@cf/any' });
  const parts: ChatPart[] = [];
  const messages = [{ role: 'user', content: 'Hi' }] as const;
  for await (const part of model.stream({ messages, maxTokens: 50, signal })) parts.push(part);
  return {
    calls,
    end: parts.at(-1),
    text: parts.map((part) => (part.type === 'text' ? part.text : '')).join(''),
  };
}

describe('A model of Workers AI', () => {
  it.each([1, 3, 17, 10_000])(
    'streams its text in either form, cut into pieces of %d bytes',
    async (size) => {
      const own = await partsOf(() => streamOf(ITS_OWN + line('[DONE]'), size));
      expect([own.text, own.end]).toEqual([
        TEXT,
        { type: 'end', finish: 'stop', tokens: { input: 9, output: 4 } },
      ]);
      expect(own.calls[0]).toMatchObject(['@cf/any', { max_tokens: 50, stream: true }]);
      const cut = line({ choices: [{ delta: {}, finish_reason: 'length' }] });
      const other = await partsOf(() => streamOf(LIKE_OPENAI + cut + line('[DONE]'), size));
      expect([other.text, other.end]).toEqual([TEXT, { type: 'end', finish: 'length' }]);
    },
  );

  it('names its faults', async () => {
    const faultOf = async (reply: () => unknown) => {
      const error = await partsOf(reply).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      return error instanceof ModelError ? error.fault : error;
    };
    const fail = (message: string) => () => {
      throw new Error(message);
    };
    expect(await faultOf(fail('3040: Capacity temporarily exceeded'))).toBe('rate_limited');
    expect(await faultOf(fail('5007: No such model'))).toBe('model_unknown');
    expect(await faultOf(fail('4006: daily free allocation used'))).toBe('quota_used_up');
    expect(await faultOf(fail('InferenceUpstreamError'))).toBe('server_failed');
    expect(await faultOf(() => ({ response: 'whole' }))).toBe('server_failed');
    expect(await faultOf(() => streamOf(ITS_OWN, 9))).toBe('broken');
    expect(await faultOf(() => streamOf('data: {"respon', 9))).toBe('broken');
  });

  it('lets go of the stream when the asker leaves', async () => {
    const abort = new AbortController();
    let cancelled = false;
    const hanging = new ReadableStream({
      cancel() {
        cancelled = true;
      },
    });
    const running = partsOf(() => hanging, abort.signal);
    setTimeout(() => abort.abort(new Error('The asker left.')), 5);
    await expect(running).rejects.toThrow('The asker left.');
    expect(cancelled).toBe(true);
  });
});
