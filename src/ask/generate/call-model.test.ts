import { describe, expect, it } from 'vitest';
import { ModelError, type ModelFault } from '../../model/model-error.ts';
import type { Usage } from '../../model/usage.ts';
import type { ChatModel, ChatPart } from '../../ports/chat-model.ts';
import { type CallDeps, callModel } from './call-model.ts';

type Try = readonly (ChatPart | ModelError | 'hang')[];
const say = (text: string): ChatPart => ({ type: 'text', text });
const END: ChatPart = { type: 'end', finish: 'stop' };
const fault = (name: ModelFault, retryAfter?: number) =>
  new ModelError(name, name, retryAfter === undefined ? {} : { retryAfter });

/** A model that does in each try what it is told, and takes no notice of its signal. */
function modelOf(tries: readonly Try[]): ChatModel & { readonly signals: AbortSignal[] } {
  const signals: AbortSignal[] = [];
  return {
    id: 'fake:model',
    signals,
    async *stream({ signal }) {
      signals.push(signal);
      for (const part of tries[signals.length - 1] ?? []) {
        if (part === 'hang') await new Promise(() => {});
        else if (part instanceof ModelError) throw part;
        else yield part;
      }
    },
  };
}

async function run(tries: readonly Try[], signal = new AbortController().signal) {
  const chat = modelOf(tries);
  const usages: Usage[] = [];
  const patience = { tries: 3, firstPause: 1, longestPause: 50, stall: 30 };
  const deps: CallDeps = { chat, patience, countTokens: (text) => text.length };
  let text = '';
  let error: unknown;
  try {
    const call = { messages: [{ role: 'user', content: 'Hi' }] as const, maxTokens: 4, signal };
    for await (const delta of callModel(deps, { ...call, onUsage: (usage) => usages.push(usage) }))
      text += delta;
  } catch (thrown) {
    error = thrown instanceof ModelError ? thrown.fault : thrown;
  }
  return {
    text,
    error,
    tries: chat.signals.length,
    usages,
    ended: chat.signals.every(({ aborted }) => aborted),
  };
}

describe('A call of a model', () => {
  it('is tried again after faults that may pass, as long as nothing was said', async () => {
    const tries = [[fault('server_failed')], [fault('rate_limited', 5)], [say('Hello'), END]];
    expect(await run(tries)).toMatchObject({ text: 'Hello', error: undefined, tries: 3, ended: true });
  });

  it('fails after three tries, or at once when trying again is of no use', async () => {
    const down = [fault('unreachable')];
    expect(await run([down, down, down, [say('late'), END]])).toMatchObject({
      error: 'unreachable',
      tries: 3,
    });
    expect(await run([[END], [END], [END]])).toMatchObject({ error: 'empty', tries: 3 });
    expect(await run([[fault('key_refused')]])).toMatchObject({ error: 'key_refused', tries: 1 });
    expect(await run([[fault('rate_limited', 60_000)]])).toMatchObject({ error: 'rate_limited', tries: 1 });
    expect(await run([[say('Hel'), fault('broken')]])).toMatchObject({
      text: 'Hel',
      error: 'broken',
      tries: 1,
    });
    expect(await run([[say('Hel')]])).toMatchObject({ text: 'Hel', error: 'broken', tries: 1 });
  });

  it('does not wait for a model that stops, that never ends or that takes no notice of its signal', async () => {
    expect(await run([[say('Hel'), 'hang']])).toMatchObject({ text: 'Hel', error: 'timeout', ended: true });
    const endless = Array.from({ length: 99 }, () => say('and on '));
    expect(await run([endless])).toMatchObject({ error: 'endless', tries: 1, ended: true });
    expect(await run([[say('Hel'), { type: 'end', finish: 'length' }]])).toMatchObject({ error: 'endless' });
    const left = AbortSignal.abort(new Error('left'));
    expect((await run([['hang']], left)).error).toMatchObject({ message: 'left' });
  });

  it('adds up what each try used, counted by the server or here', async () => {
    const counted: ChatPart = { type: 'end', finish: 'stop', tokens: { input: 7, output: 3 } };
    expect((await run([[say('Hello'), counted]])).usages).toEqual([
      { model: 'fake:model', inputTokens: 7, outputTokens: 3, estimated: false },
    ]);
    expect((await run([[say('Hello'), 'hang']])).usages).toEqual([
      { model: 'fake:model', inputTokens: 2, outputTokens: 5, estimated: true },
    ]);
    expect((await run([[fault('key_refused')]])).usages).toEqual([]);
  });
});
