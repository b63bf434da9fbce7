import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { embedderConformance } from '../../testing/embedder-conformance.ts';
import { createFakeWorkersAi } from '../../testing/fake-workers-ai.ts';
import { type AiRunner, createWorkersAiEmbedder } from './workers-ai-embedder.ts';

const MODEL = '@cf/baai/bge-small-en-v1.5';
const sleep = async () => {};

async function embedInNode(text: readonly string[]): Promise<number[][]> {
  const response = await fetch(`${env.NODE_URL}/embed`, { method: 'POST', body: JSON.stringify({ text }) });
  return ((await response.json()) as { data: number[][] }).data;
}

embedderConformance('Workers AI', async () => ({
  embedder: createWorkersAiEmbedder({ ai: createFakeWorkersAi(embedInNode), model: MODEL, sleep }),
  wholesOnly: true,
}));

/** Vectors that name the place of their text. */
const places = async (texts: readonly string[]) =>
  texts.map((_, at) => Array.from({ length: 384 }, (_, i) => (i === at ? 2 : 0)));

function failing(message: string, times: number): AiRunner & { tried: () => number } {
  const fake = createFakeWorkersAi(places);
  let tried = 0;
  const run = async (...args: Parameters<AiRunner['run']>) => {
    tried += 1;
    if (tried <= times) throw new Error(message);
    return fake.run(...args);
  };
  return { run: run as AiRunner['run'], tried: () => tried };
}

describe('Workers AI', () => {
  it('is given at most 100 texts a call, pooled as the index says', async () => {
    const ai = createFakeWorkersAi(places);
    const embedder = createWorkersAiEmbedder({ ai, model: MODEL, sleep });
    const passages = Array.from({ length: 230 }, (_, at) => ({
      context: 'Title',
      text: `Text ${at}.`,
      sentences: [],
    }));
    expect(await embedder.embedPassages(passages)).toHaveLength(230);
    expect(ai.calls.map((texts) => texts.length)).toEqual([100, 100, 30]);
    expect(embedder).toMatchObject({ id: `workers-ai:${MODEL}`, pooling: 'cls', dimensions: 384 });
  });

  it('is tried again after a fault that passes, not after one that stays', async () => {
    const passing = failing('3040: Capacity temporarily exceeded', 2);
    await createWorkersAiEmbedder({ ai: passing, model: MODEL, sleep }).embedPassages([
      { context: '', text: 'a', sentences: [] },
    ]);
    expect(passing.tried()).toBe(3);
    const staying = failing('5007: No such model', 9);
    const embedder = createWorkersAiEmbedder({ ai: staying, model: MODEL, sleep });
    await expect(embedder.embedQuery('a')).rejects.toMatchObject({ code: 'embedder_failed' });
    expect(staying.tried()).toBe(1);
  });

  it('refuses vectors that are none, too few or of another length', async () => {
    for (const data of [[], [[1, 2, 3]], [Array(384).fill(Number.NaN)], [Array(384).fill(0)]]) {
      const ai = { run: async () => ({ data }) } as unknown as AiRunner;
      const embedder = createWorkersAiEmbedder({ ai, model: MODEL, sleep });
      await expect(embedder.embedQuery('a')).rejects.toMatchObject({ code: 'embedder_failed' });
    }
    const unknown = () =>
      createWorkersAiEmbedder({ ai: createFakeWorkersAi(places), model: '@cf/none', sleep });
    expect(unknown).toThrow('set one of');
  });
});
