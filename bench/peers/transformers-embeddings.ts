import { createRequire } from 'node:module';
import { basename, dirname, resolve } from 'node:path';
import { Embeddings } from '@langchain/core/embeddings';

/** Texts a run. Between 1 and 48 its speed hardly differs, so long as texts of like length go together. */
const BATCH = 16;

interface Extraction {
  tolist(): number[][];
}
type FeatureExtraction = (
  texts: string[],
  options: { readonly pooling: 'mean'; readonly normalize: true },
) => Promise<Extraction>;

/** The part of `@huggingface/transformers` in use: it is installed in bench/ only, out of reach of the type checker. */
interface Transformers {
  readonly env: { allowRemoteModels: boolean; allowLocalModels: boolean; localModelPath: string };
  pipeline(
    task: 'feature-extraction',
    model: string,
    options: { readonly dtype: 'fp32' },
  ): Promise<FeatureExtraction>;
}

/**
 * Peer B: transformers.js on the model in `folder`, behind LangChain's interface. As a careful user would, texts are
 * sorted by length and run in small batches, so that little is padded.
 */
export async function createTransformersEmbeddings(folder: string): Promise<Embeddings> {
  const { env, pipeline }: Transformers = createRequire(resolve('bench', 'package.json'))(
    '@huggingface/transformers',
  );
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = dirname(folder);
  const extract = await pipeline('feature-extraction', basename(folder), { dtype: 'fp32' });
  const embed = async (texts: string[]) =>
    (await extract(texts, { pooling: 'mean', normalize: true })).tolist();

  return new (class extends Embeddings {
    async embedDocuments(texts: string[]): Promise<number[][]> {
      const byLength = [...texts.keys()].sort((a, b) => (texts[a]?.length ?? 0) - (texts[b]?.length ?? 0));
      const vectors: number[][] = new Array(texts.length);
      for (let start = 0; start < byLength.length; start += BATCH) {
        const places = byLength.slice(start, start + BATCH);
        const embedded = await embed(places.map((place) => texts[place] ?? ''));
        for (const [index, place] of places.entries()) vectors[place] = embedded[index] ?? [];
      }
      return vectors;
    }

    async embedQuery(text: string): Promise<number[]> {
      const [vector] = await embed([text]);
      return vector ?? [];
    }
  })({});
}
