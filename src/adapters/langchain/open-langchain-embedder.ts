import { IbidError } from '../../model/errors.ts';
import type { Embedder } from '../../ports/embedder.ts';
import { callPatiently } from './call-patiently.ts';
import { createLangchainEmbedder, type LangchainEmbedderOptions } from './langchain-embedder.ts';
import { toUnitVector } from './to-unit-vector.ts';

export interface OpenLangchainEmbedderOptions extends Omit<LangchainEmbedderOptions, 'dimensions'> {
  /** Numbers of each vector, where known: the model is then not asked before the first text. */
  readonly dimensions?: number | undefined;
}

/** A server may have to load the model first. */
const PROBE_PATIENCE = { within: 60_000, tries: 2 };

/**
 * A LangChain model as an embedder; asks it for one vector to learn its dimension unless that is given. Rejects with
 * `embedder_failed`, saying what to do, when it does not answer.
 */
export async function openLangchainEmbedder(options: OpenLangchainEmbedderOptions): Promise<Embedder> {
  const { dimensions, ...rest } = options;
  return createLangchainEmbedder({ ...rest, dimensions: dimensions ?? (await probe(options)) });
}

async function probe({ embeddings, id, place = id }: OpenLangchainEmbedderOptions): Promise<number> {
  const call = () => embeddings.embedQuery('How long is a vector?');
  const given: unknown = await callPatiently(call, PROBE_PATIENCE, place);
  const length = Array.isArray(given) ? given.length : 0;
  if (length > 0) return toUnitVector(given, length, place).length;
  throw new IbidError(
    'embedder_failed',
    `${place} sent no list of numbers as a vector. Check that IBID_EMBED_MODEL names an embedding model.`,
  );
}
