import { join } from 'node:path';
import { createBertEmbedder } from '../adapters/bert/bert-embedder.ts';
import { createMiniLmEmbedder } from '../adapters/bert/minilm-embedder.ts';
import { openModelFolder } from '../adapters/bert/open-model-folder.ts';
import { openEmbeddings } from '../adapters/langchain/open-embeddings.ts';
import { openLangchainEmbedder } from '../adapters/langchain/open-langchain-embedder.ts';
import type { Config, EmbedServer } from '../config.ts';
import type { IndexManifest } from '../model/manifest.ts';
import type { Embedder } from '../ports/embedder.ts';

export interface ClosableEmbedder extends Embedder {
  close(): Promise<void>;
}

/**
 * The embedder of the settings. A model of this process starts nothing before the first text. A server is asked how long its
 * vectors are, unless the settings or `index`, an index made with it, tell: so what is indexed is served even while it is down.
 * Rejects with `config_invalid` when a model's folder does not fit, with `embedder_failed` when the server does not answer.
 */
export async function openEmbedder(config: Config, index?: IndexManifest): Promise<ClosableEmbedder> {
  return config.embedServer ? openServerEmbedder(config.embedServer, index) : openLocalEmbedder(config);
}

/** Names the embedder of the settings without asking a server. Throws `config_invalid` when a model's folder does not fit. */
export function embedderIdOf(config: Config): string {
  return config.embedServer ? idOf(config.embedServer) : openLocalEmbedder(config).id;
}

function openLocalEmbedder({ data, embedDir, embedPrecision, embedThreads }: Config): ClosableEmbedder {
  const options = {
    cacheDirectory: join(data, 'models'),
    precision: embedPrecision,
    ...(embedThreads === undefined ? {} : { threads: embedThreads }),
  };
  if (embedDir === undefined) return createMiniLmEmbedder(options);
  return createBertEmbedder({ ...options, model: openModelFolder(embedDir) });
}

async function openServerEmbedder(server: EmbedServer, index?: IndexManifest): Promise<ClosableEmbedder> {
  const { embeddings, place, abort } = await openEmbeddings(server);
  const id = idOf(server);
  const indexed = index?.embedderId === id ? index.dimensions : undefined;
  const { maxTokens, batchSize, dimensions = indexed } = server;
  const embedder = await openLangchainEmbedder({ embeddings, place, id, dimensions, maxTokens, batchSize });
  return { ...embedder, close: async () => abort() };
}

/** The address is no part of it: the same model elsewhere gives the same vectors. */
function idOf({ provider, model }: EmbedServer): string {
  return `${provider}:${model}`;
}
