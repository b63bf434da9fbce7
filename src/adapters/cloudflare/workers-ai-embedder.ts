import type { Ai } from '@cloudflare/workers-types';
import { IbidError, messageOf } from '../../model/errors.ts';
import { cutToTokens, estimateTokens } from '../../model/token-estimate.ts';
import { assertUnitVector } from '../../model/unit-vector.ts';
import type { Embedder, PassageEmbedding, PassageInput } from '../../ports/embedder.ts';
import { BACKGROUND_QUESTIONS, BACKGROUND_STATEMENTS } from './background-texts.ts';
import { type Centre, findCentre, withoutCentre } from './centre.ts';

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
/** Calls at once: a Worker has six connections, and D1 wants some. */
const CALLS_AT_ONCE = 3;
/**
 * How much of its passage is in a sentence's vector, the sentence itself being 1: read alone it lacks what it speaks of. Chosen on the
 * own cases with the embedded model of Node (docs/cloudflare.md).
 */
const PASSAGE_SHARE = 2;
/** Tokens that the model adds: one at either end. */
const SPECIAL_TOKENS = 2;
/** Stands for a text without words, which Workers AI refuses. */
const NO_WORDS = '.';
const TRIES = 4;
/** Of a question: full text answers meanwhile. */
const QUERY_TRIES = 2;

/**
 * A bge model of Workers AI. Each sentence is embedded beside its passage. All vectors are freed from what they have in common (see
 * centre.ts); that and the pooling are part of the index's identity. Rejects with `embedder_failed`.
 */
export function createWorkersAiEmbedder(options: {
  readonly ai: AiRunner;
  /** One of `EMBEDDING_MODELS`. */
  readonly model: string;
  /** Waits between tries, in milliseconds. */
  readonly sleep: (ms: number) => Promise<unknown>;
  /** Keeps what is found of a model, so that it stays the same for all vectors of an index. */
  readonly keepCentre: (model: string, find: () => Promise<Centre>) => Promise<Centre>;
}): Embedder {
  const { ai, model, sleep, keepCentre } = options;
  const { dimensions, maxTokens, queryPrefix, pooling } = EMBEDDING_MODELS[model] ?? refuseModel(model);
  const id = `workers-ai:${model}`;
  const readable = (text: string): string => {
    const cut = cutToTokens(text, maxTokens - SPECIAL_TOKENS);
    return cut.trim() === '' ? NO_WORDS : cut;
  };

  async function call(text: readonly string[]): Promise<Float32Array[]> {
    const given: unknown = await (ai.run as (name: string, input: object) => Promise<unknown>)(model, {
      text: text.map(readable),
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

  async function embedAll(texts: readonly string[]): Promise<Float32Array[]> {
    const batches = Array.from({ length: Math.ceil(texts.length / BATCH) }, (_, at) =>
      texts.slice(at * BATCH, (at + 1) * BATCH),
    );
    const vectors: Float32Array[] = [];
    for (let from = 0; from < batches.length; from += CALLS_AT_ONCE) {
      const some = batches.slice(from, from + CALLS_AT_ONCE);
      for (const batch of await Promise.all(some.map((each) => embed(each, TRIES)))) vectors.push(...batch);
    }
    return vectors;
  }

  let known: Centre | undefined;
  async function centre(tries: number): Promise<Centre> {
    known ??= await keepCentre(id, async () => {
      const questions = BACKGROUND_QUESTIONS.map((question) => queryPrefix + question);
      const vectors = await embed([...BACKGROUND_STATEMENTS, ...questions], tries);
      const statements = vectors.splice(0, BACKGROUND_STATEMENTS.length);
      return findCentre(statements, vectors);
    });
    return known;
  }

  return {
    id,
    dimensions,
    pooling: `${pooling ?? 'model'}/centred`,
    maxTokens,
    countTokens: estimateTokens,
    async embedQuery(text) {
      const { questions } = await centre(QUERY_TRIES);
      const [vector] = await embed([queryPrefix + text], QUERY_TRIES);
      return vector ? withoutCentre(vector, questions) : refuseCount(0, 1);
    },
    async embedPassages(passages) {
      if (passages.length === 0) return [];
      const { passages: common } = await centre(TRIES);
      const texts = passages.flatMap((passage) => [textOf(passage), ...sentencesOf(passage)]);
      const vectors = (await embedAll(texts)).map((vector) => withoutCentre(vector, common));
      return passages.map(({ sentences }) => toEmbedding(vectors.splice(0, 1 + sentences.length)));
    },
  };
}

function sentencesOf({ text, sentences }: PassageInput): string[] {
  return sentences.map(({ start, end }) => text.slice(start, end));
}

/** The passage's vector and those of its sentences. */
function toEmbedding([
  vector = new Float32Array(0),
  ...sentences
]: readonly Float32Array[]): PassageEmbedding {
  const sentenceVectors = sentences.map((sentence) =>
    scaled(sentence.map((number, at) => number + PASSAGE_SHARE * (vector[at] ?? 0))),
  );
  return { vector, sentenceVectors };
}

function scaled(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((number) => number / length);
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
  const vector = scaled(numbers);
  assertUnitVector(vector, dimensions, `a text, from ${model},`);
  return vector;
}

/** Overload and faults of the network pass; what Workers AI says of the input does not. */
function mayPass(error: unknown): boolean {
  if (error instanceof IbidError) return false;
  return !/\b(?:3003|3006|5004|5006|5007|7003|10000)\b|invalid|not found|run remotely/i.test(
    messageOf(error),
  );
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
