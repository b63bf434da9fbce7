import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { dotProduct } from '../../model/unit-vector.ts';
import type { Embedder } from '../../ports/embedder.ts';
import { embedderConformance } from '../../testing/embedder-conformance.ts';
import { createFakeWorkersAi } from '../../testing/fake-workers-ai.ts';
import type { Centre } from './centre.ts';
import { type AiRunner, createWorkersAiEmbedder } from './workers-ai-embedder.ts';

const MODEL = '@cf/baai/bge-small-en-v1.5';

function open(ai: AiRunner, model = MODEL) {
  const keepCentre = async (_: string, find: () => Promise<Centre>) => find();
  return createWorkersAiEmbedder({ ai, model, sleep: async () => {}, keepCentre });
}

async function embedInNode(text: readonly string[]): Promise<number[][]> {
  const response = await fetch(`${env.NODE_URL}/embed`, { method: 'POST', body: JSON.stringify({ text }) });
  return ((await response.json()) as { data: number[][] }).data;
}

embedderConformance('Workers AI', async () => ({
  embedder: open(createFakeWorkersAi(embedInNode)),
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
  it('is given at most 100 texts a call, passages and their sentences, pooled as the index says', async () => {
    const ai = createFakeWorkersAi(places);
    const embedder = open(ai);
    const passages = Array.from({ length: 115 }, (_, at) => ({
      context: 'Title',
      text: `Text ${at}.`,
      sentences: [{ start: 0, end: 4 }],
    }));
    const embeddings = await embedder.embedPassages(passages);
    expect(embeddings.map(({ sentenceVectors }) => sentenceVectors.length)).toEqual(Array(115).fill(1));
    const [background, ...calls] = ai.calls;
    expect(background).toHaveLength(96);
    expect(calls.map((texts) => texts.length)).toEqual([100, 100, 30]);
    expect(calls[0]?.slice(0, 2)).toEqual(['Title\n\nText 0.', 'Text']);
    const identity = { id: `workers-ai:${MODEL}`, pooling: 'cls/centred', dimensions: 384 };
    expect(embedder).toMatchObject(identity);
  });

  it('of which a model finds everything alike is freed from that', async () => {
    const common = (vector: readonly number[]) => vector.map((number) => number + 0.9 / Math.sqrt(384));
    const alike = createFakeWorkersAi(async (texts) => (await embedInNode(texts)).map(common));
    const texts = ['Owls hunt at night.', 'Knead the dough for ten minutes.'];
    const passages = texts.map((text) => ({ context: '', text, sentences: [] }));
    const cosines = async (embedder: Embedder) => {
      const query = await embedder.embedQuery('When do owls hunt?');
      const vectors = await embedder.embedPassages(passages);
      return vectors.map(({ vector }) => dotProduct(query, 0, vector, 0, 384));
    };
    const [owls = 0, dough = 0] = await cosines(open(createFakeWorkersAi(embedInNode)));
    const [owlsAlike = 0, doughAlike = 0] = await cosines(open(alike));
    expect(owlsAlike).toBeCloseTo(owls, 1);
    expect(Math.abs(doughAlike - dough)).toBeLessThan(0.1);
  });

  it('is tried again after a fault that passes, not after one that stays', async () => {
    const passing = failing('3040: Capacity temporarily exceeded', 2);
    await open(passing).embedPassages([{ context: '', text: 'a', sentences: [] }]);
    // Twice in vain, then for what the model's vectors have in common, then for the text.
    expect(passing.tried()).toBe(4);
    const staying = failing('5007: No such model', 9);
    const embedder = open(staying);
    await expect(embedder.embedQuery('a')).rejects.toMatchObject({ code: 'embedder_failed' });
    expect(staying.tried()).toBe(1);
  });

  it('refuses vectors that are none, too few or of another length', async () => {
    for (const data of [[], [[1, 2, 3]], [Array(384).fill(Number.NaN)], [Array(384).fill(0)]]) {
      const ai = { run: async () => ({ data }) } as unknown as AiRunner;
      const embedder = open(ai);
      await expect(embedder.embedQuery('a')).rejects.toMatchObject({ code: 'embedder_failed' });
    }
    const unknown = () => open(createFakeWorkersAi(places), '@cf/none');
    expect(unknown).toThrow('set one of');
  });
});
