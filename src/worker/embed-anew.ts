import type { EmbeddingAnew } from '../adapters/cloudflare/d1-embedding-anew.ts';
import { contextOf } from '../ingest/embedding-context.ts';
import { indexIdentity } from '../ingest/ingest.ts';
import type { Exclusive } from '../ingest/mutex.ts';
import { keyedInput } from '../ingest/prepare.ts';
import { IbidError } from '../model/errors.ts';
import { isCompatible } from '../model/manifest.ts';
import type { Embedder } from '../ports/embedder.ts';
import type { PassageStore, StoredPassage } from '../ports/passage-store.ts';

/** Passages whose embeddings are stored together. */
const SLICE = 100;
/** A call goes on for so long, and the next one from there. */
const AT_ONCE_MS = 5_000;

/**
 * Embeds the passages of an index that another model made, some at each call; when all are, the index changes over. Gives how many
 * are left, 0 where the index is of this model. Until then full text alone answers, and nothing can be ingested.
 */
export function createEmbedAnew(options: {
  readonly anew: EmbeddingAnew;
  readonly store: Pick<PassageStore, 'manifest' | 'getPassages'>;
  readonly embedder: Embedder;
  readonly exclusive: Exclusive;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}): () => Promise<number> {
  const { anew, store, embedder, exclusive, now } = options;
  const identity = indexIdentity(embedder);
  const isForeign = async () => {
    const manifest = await store.manifest();
    return manifest !== undefined && !isCompatible(manifest, identity);
  };

  async function work(): Promise<number> {
    // Another Worker may have been at it meanwhile.
    if (!(await isForeign())) return 0;
    await anew.begin(identity);
    for (const end = now() + AT_ONCE_MS; now() < end; ) {
      const waiting = await anew.next(SLICE);
      if (waiting.length === 0) {
        await anew.changeOver(identity);
        return 0;
      }
      const keys = new Map(waiting.map(({ passageId, key }) => [passageId, key]));
      const passages = await store.getPassages([...keys.keys()]);
      const inputs = await Promise.all(passages.map((stored) => inputOf(stored, embedder)));
      const embeddings = await embedder.embedPassages(inputs.map(({ input }) => input));
      await anew.keep(
        passages.flatMap(({ passage }, at) => {
          const [key, input, embedding] = [keys.get(passage.id), inputs[at], embeddings[at]];
          return key && input && embedding ? [{ key, embeddingKey: input.key, embedding }] : [];
        }),
      );
    }
    return anew.left();
  }

  return async () => {
    if (await isForeign()) return exclusive(work);
    await anew.tidy();
    return 0;
  };
}

/** The same work, which rejects with `index_busy` while the passages are embedded anew. */
export function onceCurrent(embedAnew: () => Promise<number>) {
  return <A extends readonly unknown[], T>(work: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      const left = await embedAnew();
      if (left === 0) return work(...args);
      throw new IbidError(
        'index_busy',
        `The embedding model was changed, and the documents are being embedded anew: ${left} passages are left. Try again in a moment.`,
      );
    };
}

function inputOf({ passage, documentTitle }: StoredPassage, embedder: Embedder) {
  const context = contextOf(documentTitle, passage.headings, embedder);
  return keyedInput(passage, context, passage.sentences, embedder);
}
