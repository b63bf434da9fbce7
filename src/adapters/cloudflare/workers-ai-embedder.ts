import type { Ai } from '@cloudflare/workers-types';
import { IbidError, messageOf } from '../../model/errors.ts';
import { cutToTokens, estimateTokens } from '../../model/token-estimate.ts';
import { assertUnitVector } from '../../model/unit-vector.ts';
import type { Embedder, PassageInput } from '../../ports/embedder.ts';

/** The part of the AI binding that is used. */
export type AiRunner = Pick<Ai, 'run'>;

interface EmbeddingModel {
  readonly dimensions: number;
  /** Longest input; Workers AI cuts off what is beyond. */
  readonly maxTokens: number;
  /** As the model's page gives it: read before a question. */
  readonly queryPrefix: string;
  /** Pooling to ask for; `undefined` where the model has only one. */
  readonly pooling?: 'cls';
}

const ENGLISH = {
  maxTokens: 512,
  queryPrefix: 'Represent this sentence for searching relevant passages: ',
  pooling: 'cls',
} as const;

/** https://developers.cloudflare.com/workers-ai/models/: the bge models, which were trained to be read at their first token. */
const EMBEDDING_MODELS: Readonly<Record<string, EmbeddingModel>> = {
  '@cf/baai/bge-small-en-v1.5': { ...ENGLISH, dimensions: 384 },
  '@cf/baai/bge-base-en-v1.5': { ...ENGLISH, dimensions: 768 },
  '@cf/baai/bge-large-en-v1.5': { ...ENGLISH, dimensions: 1024 },
  '@cf/baai/bge-m3': { dimensions: 1024, maxTokens: 2048, queryPrefix: '' },
};

/** Texts that Workers AI takes in one call. */
const BATCH = 100;
/** Tokens that the model adds: one at either end. */
const SPECIAL_TOKENS = 2;
/** Stands for a text without words, which Workers AI refuses. */
const NO_WORDS = '.';
const TRIES = 4;

/**
 * A bge model of Workers AI. Its pooling is part of the index's identity, since vectors pooled in two ways do not compare. Sentences
 * get no vectors of their own: the reader takes the passage's. Rejects with `embedder_failed`.
 */
export function createWorkersAiEmbedder(options: {
  readonly ai: AiRunner;
  /** One of `EMBEDDING_MODELS`. */
  readonly model: string;
  /** Waits between tries, in milliseconds. */
  readonly sleep: (ms: number) => Promise<unknown>;
}): Embedder {
  const { ai, model, sleep } = options;
  const { dimensions, maxTokens, queryPrefix, pooling } = EMBEDDING_MODELS[model] ?? refuseModel(model);
  const readable = (text: string): string => {
    const cut = cutToTokens(text, maxTokens - SPECIAL_TOKENS);
    return cut.trim() === '' ? NO_WORDS : cut;
  };

  async function call(text: readonly string[]): Promise<Float32Array[]> {
    const given: unknown = await (ai.run as (name: string, input: object) => Promise<unknown>)(model, {
      text,
      ...(pooling === undefined ? {} : { pooling }),
    });
    return vectorsOf(given, text.length).map((numbers) => toUnitVector(numbers, dimensions, model));
  }

  async function embed(texts: readonly string[], tries: number): Promise<Float32Array[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await call(texts);
      } catch (error) {
        if (attempt >= tries || !mayPass(error)) throw embeddingFault(error, model);
        await sleep(250 * 2 ** attempt);
      }
    }
  }

  return {
    id: `workers-ai:${model}`,
    dimensions,
    pooling: pooling ?? 'model',
    maxTokens,
    countTokens: estimateTokens,
    async embedQuery(text) {
      const [vector] = await embed([readable(queryPrefix + text)], 2);
      return vector ?? refuseCount(0, 1);
    },
    async embedPassages(passages) {
      const vectors: Float32Array[] = [];
      for (let from = 0; from < passages.length; from += BATCH) {
        const texts = passages.slice(from, from + BATCH).map((passage) => readable(textOf(passage)));
        vectors.push(...(await embed(texts, TRIES)));
      }
      return vectors.map((vector) => ({ vector, sentenceVectors: [] }));
    },
  };
}

function textOf({ context, text }: PassageInput): string {
  return context === '' ? text : `${context}\n\n${text}`;
}

function vectorsOf(given: unknown, count: number): unknown[] {
  const data =
    typeof given === 'object' && given !== null && 'data' in given ? (given.data as unknown) : undefined;
  if (Array.isArray(data) && data.length === count) return data;
  return refuseCount(Array.isArray(data) ? data.length : 0, count);
}

/** The bge models give unit vectors up to rounding, or none where they failed. */
function toUnitVector(given: unknown, dimensions: number, model: string): Float32Array {
  const numbers = Array.isArray(given) ? Float32Array.from(given as number[]) : new Float32Array(0);
  const length = Math.hypot(...numbers);
  const vector = numbers.map((number) => number / length);
  assertUnitVector(vector, dimensions, `a text, from ${model},`);
  return vector;
}

/** Overload and faults of the network pass; what Workers AI says of the input does not. */
function mayPass(error: unknown): boolean {
  if (error instanceof IbidError) return false;
  return !/\b(?:3003|3006|5004|5006|5007|7003|10000)\b|invalid|not found/i.test(messageOf(error));
}

function embeddingFault(error: unknown, model: string): IbidError {
  if (error instanceof IbidError) return error;
  const message = `Workers AI could not embed with ${model}: ${messageOf(error)}. Try again; if it stays, check the AI binding and the account's limits.`;
  return new IbidError('embedder_failed', message, { cause: error });
}

function refuseCount(found: number, wanted: number): never {
  throw new IbidError('embedder_failed', `Workers AI sent ${found} vectors for ${wanted} texts. Try again.`);
}

function refuseModel(model: string): never {
  const known = Object.keys(EMBEDDING_MODELS).join(', ');
  throw new IbidError(
    'config_invalid',
    `${model} is no embedding model that Ibid knows: set one of ${known}.`,
  );
}
