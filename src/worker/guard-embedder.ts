import { indexIdentity } from '../ingest/ingest.ts';
import { IbidError } from '../model/errors.ts';
import { isCompatible } from '../model/manifest.ts';
import type { Embedder } from '../ports/embedder.ts';
import type { PassageStore } from '../ports/passage-store.ts';

/** The same embedder, whose questions are refused with `index_incompatible` while another one's vectors are stored: full text then answers alone. */
export function guardEmbedder(embedder: Embedder, store: PassageStore): Embedder {
  return {
    ...embedder,
    async embedQuery(text) {
      const manifest = await store.manifest();
      if (manifest && !isCompatible(manifest, indexIdentity(embedder)))
        throw new IbidError('index_incompatible', OTHER_MODEL);
      return embedder.embedQuery(text);
    },
  };
}

/** What to do about an index of another embedding model; where there is AI, it is embedded anew. */
export const OTHER_MODEL =
  'The index in D1 was made with another embedding model. Bind AI, and it is embedded anew; or set that model again: see docs/cloudflare.md.';
