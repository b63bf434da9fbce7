import type { AiRunner } from '../adapters/cloudflare/workers-ai-embedder.ts';

/** Read before a question by the English bge models. */
const QUERY_PREFIX = 'Represent this sentence for searching relevant passages: ';
const DIMENSIONS: Readonly<Record<string, number>> = {
  '@cf/baai/bge-small-en-v1.5': 384,
  '@cf/baai/bge-base-en-v1.5': 768,
};

export interface FakeWorkersAi extends AiRunner {
  /** Texts of each call, in order. */
  readonly calls: readonly (readonly string[])[];
}

/**
 * Workers AI as it is documented: 100 texts a call, none of them empty, a known model and pooling. Its vectors are those of `embed`,
 * filled up with zeros to the model's length, and depend on the pooling, as those of the real models do.
 */
export function createFakeWorkersAi(
  embed: (text: readonly string[]) => Promise<readonly (readonly number[])[]>,
): FakeWorkersAi {
  const calls: (readonly string[])[] = [];
  async function run(model: string, input: { text?: string | string[]; pooling?: string }): Promise<unknown> {
    const dimensions = DIMENSIONS[model];
    if (dimensions === undefined) throw new Error(`5007: No such model ${model}`);
    const texts = [input.text ?? []].flat();
    if (texts.length === 0 || texts.length > 100) throw new Error('5006: Error: required 1 to 100 texts');
    if (texts.some((text) => text.length === 0)) throw new Error('5006: Error: a text must not be empty');
    calls.push(texts);
    // The embedded model was trained without it.
    const vectors = await embed(texts.map((text) => text.replace(QUERY_PREFIX, '')));
    const data = vectors
      .map((vector) => [...vector, ...Array<number>(dimensions - vector.length).fill(0)])
      .map((vector) => (input.pooling === 'cls' ? vector : vector.toReversed()));
    return { shape: [data.length, dimensions], data, pooling: input.pooling ?? 'mean' };
  }
  return { calls, run: run as unknown as AiRunner['run'] };
}
