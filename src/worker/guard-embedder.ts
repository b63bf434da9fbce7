import { indexIdentity } from '../ingest/ingest.ts';
import { IbidError } from '../model/errors.ts';
import { assertCompatible } from '../model/manifest.ts';
import type { Embedder } from '../ports/embedder.ts';
import type { PassageStore } from '../ports/passage-store.ts';

/** The same embedder, whose questions are refused with `index_incompatible` while another one's vectors are stored: full text then answers alone. */
export function guardEmbedder(embedder: Embedder, store: PassageStore): Embedder {
  return {
    ...embedder,
    async embedQuery(text) {
      const manifest = await store.manifest();
      try {
        if (manifest) assertCompatible(manifest, indexIdentity(embedder));
      } catch (cause) {
        throw new IbidError('index_incompatible', OTHER_MODEL, { cause });
      }
      return embedder.embedQuery(text);
    },
  };
}

/** What to do when the embedding model was changed. */
export const OTHER_MODEL =
  'The index in D1 was made with another embedding model. Set that one again, or bind a new database and send the documents to it: see docs/cloudflare.md.';
