import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import { IbidError } from '../../model/errors.ts';
import { cutToTokens, estimateTokens } from '../../model/token-estimate.ts';
import type { Embedder, PassageInput } from '../../ports/embedder.ts';
import { callPatiently, type Patience } from './call-patiently.ts';
import { toUnitVector } from './to-unit-vector.ts';

export interface LangchainEmbedderOptions {
  /** Any embedding model of LangChain or its community. */
  readonly embeddings: EmbeddingsInterface;
  /** Identity of the model, e.g. `ollama:nomic-embed-text`: an index made under another one is refused. */
  readonly id: string;
  /** Numbers of each vector; another count is a fault. */
  readonly dimensions: number;
  /** Longest input in tokens, as `estimateTokens` counts; more is cut off. Default 512. */
  readonly maxTokens?: number | undefined;
  /** Texts a request. Default 32. */
  readonly batchSize?: number | undefined;
  /** Names the server in messages, with its address. */
  readonly place?: string;
  /** Default: 10 seconds and 2 tries, since full text answers meanwhile. */
  readonly queryPatience?: Patience;
  /** For each request. Default: 2 minutes and 5 tries. */
  readonly passagePatience?: Patience;
}

const MAX_TOKENS = 512;
const BATCH = 32;
/** Tokens that a model adds itself: one at either end. */
const SPECIAL_TOKENS = 2;
const QUERY_PATIENCE: Patience = { within: 10_000, tries: 2 };
const PASSAGE_PATIENCE: Patience = { within: 120_000, tries: 5 };
/** Stands for a text without words, which OpenAI refuses and Ollama leaves out of its reply. */
const NO_WORDS = '.';

/**
 * An embedder over any LangChain `Embeddings`. Vectors are scaled to unit length; whatever is not one finite, non-zero vector
 * of `dimensions` for each text rejects with `embedder_failed`. Sentences get no vectors of their own: they would cost a request's
 * worth each, so the reader takes the passage's.
 */
export function createLangchainEmbedder(options: LangchainEmbedderOptions): Embedder {
  const { embeddings, id, dimensions, maxTokens = MAX_TOKENS, batchSize = BATCH, place = id } = options;
  const { queryPatience = QUERY_PATIENCE, passagePatience = PASSAGE_PATIENCE } = options;
  const readable = (text: string): string => {
    const cut = cutToTokens(text, maxTokens - SPECIAL_TOKENS);
    return cut.trim() === '' ? NO_WORDS : withoutLoneSurrogates(cut);
  };

  async function embedBatch(texts: string[]): Promise<Float32Array[]> {
    const given: unknown = await callPatiently(
      () => embeddings.embedDocuments(texts),
      passagePatience,
      place,
    );
    if (Array.isArray(given) && given.length === texts.length)
      return given.map((numbers) => toUnitVector(numbers, dimensions, place));
    const count = Array.isArray(given) ? given.length : 'no list of';
    throw new IbidError(
      'embedder_failed',
      `${place} sent ${count} vectors for ${texts.length} texts. Check its log; if it takes fewer texts at a time, lower IBID_EMBED_BATCH.`,
    );
  }

  return {
    id,
    dimensions,
    // Of use as a key of cached vectors: a model pulled anew under its name may have another dimension.
    pooling: `model/${dimensions}`,
    maxTokens,
    countTokens: estimateTokens,
    async embedQuery(text) {
      const call = () => embeddings.embedQuery(readable(text));
      return toUnitVector(await callPatiently(call, queryPatience, place), dimensions, place);
    },
    async embedPassages(passages) {
      const texts = passages.map((passage) => readable(textOf(passage)));
      const vectors: Float32Array[] = [];
      for (let at = 0; at < texts.length; at += batchSize)
        vectors.push(...(await embedBatch(texts.slice(at, at + batchSize))));
      return vectors.map((vector) => ({ vector, sentenceVectors: [] }));
    },
  };
}

function textOf({ context, text }: PassageInput): string {
  return context === '' ? text : `${context}\n\n${text}`;
}

/** JSON carries half a surrogate pair, but servers refuse it. */
function withoutLoneSurrogates(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
