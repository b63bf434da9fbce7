import { messageOf } from '../model/errors.ts';
import type { Hit, Via } from '../model/passage.ts';
import type { Embedder } from '../ports/embedder.ts';
import type { MetadataFilter, PassageStore, StoredPassage, TextMatch } from '../ports/passage-store.ts';
import type { VectorIndex, VectorMatch } from '../ports/vector-index.ts';
import { fuse } from './fuse.ts';
import { contentTerms } from './terms.ts';

export interface RetrieveDeps {
  readonly embedder: Embedder;
  readonly index: VectorIndex;
  readonly store: PassageStore;
}

export interface RetrieveRequest {
  readonly query: string;
  readonly filter?: MetadataFilter;
}

/** A passage that may answer, with what each retriever thought of it. */
export interface Candidate {
  readonly stored: StoredPassage;
  /** Cosine similarity to the query; 0 when there is no query vector. */
  readonly cosine: number;
  /** BM25 over the best BM25 of the query, in [0, 1]. */
  readonly lexical: number;
  /** Fused score in [0, 1]. */
  readonly score: number;
  readonly via: Via;
}

export interface Retrieval {
  /** Best first, near-duplicates removed. */
  readonly candidates: readonly Candidate[];
  /** Missing when the embedder failed. */
  readonly queryVector?: Float32Array;
  /** Why only full text answered, when it did. */
  readonly degraded?: string;
}

/** How many passages each retriever may propose. */
const POOL = 50;

/** Finds the passages nearest to a query by vector and by full text, and ranks them as one list. */
export async function retrieve(deps: RetrieveDeps, request: RetrieveRequest): Promise<Retrieval> {
  const documentIds =
    request.filter === undefined ? undefined : await deps.store.matchDocuments(request.filter);
  if (documentIds?.size === 0) return { candidates: [] };
  const restriction = documentIds === undefined ? {} : { documentIds };
  const terms = [...new Set(contentTerms(request.query).map((term) => term.word))];
  const [byVector, byText] = await Promise.all([
    searchVectors(deps, request.query, restriction),
    deps.store.searchText({ terms, limit: POOL, ...restriction }),
  ]);
  const candidates = await rank(deps.store, byVector, byText);
  return {
    candidates: withoutDuplicates(candidates),
    ...(byVector.queryVector === undefined ? {} : { queryVector: byVector.queryVector }),
    ...(byVector.degraded === undefined ? {} : { degraded: byVector.degraded }),
  };
}

/** A candidate as the outside sees it. */
export function toHit(candidate: Candidate): Hit {
  const { passage, documentTitle, documentUri } = candidate.stored;
  return { passage, documentTitle, documentUri, score: candidate.score, via: candidate.via };
}

interface VectorFinds {
  readonly matches: readonly VectorMatch[];
  readonly queryVector?: Float32Array;
  readonly degraded?: string;
}

async function searchVectors(
  deps: RetrieveDeps,
  query: string,
  restriction: { documentIds?: ReadonlySet<string> },
): Promise<VectorFinds> {
  try {
    const queryVector = await deps.embedder.embedQuery(query);
    const matches = await deps.index.search({ vector: queryVector, limit: POOL, ...restriction });
    return { matches, queryVector };
  } catch (error) {
    return { matches: [], degraded: `Vector search failed (${messageOf(error)}); full text alone answered.` };
  }
}

async function rank(
  store: PassageStore,
  byVector: VectorFinds,
  byText: readonly TextMatch[],
): Promise<Candidate[]> {
  const cosines = new Map(byVector.matches.map((match) => [match.passageId, match.score]));
  const bm25s = new Map(byText.map((match) => [match.passageId, match.score]));
  const stored = await store.getPassages([...new Set([...cosines.keys(), ...bm25s.keys()])]);
  const scale = {
    topBm25: Math.max(byText[0]?.score ?? 0, Number.EPSILON),
    lowestBm25: byText.length < POOL ? 0 : (byText.at(-1)?.score ?? 0),
  };
  return stored
    .map((entry) => {
      const { id } = entry.passage;
      const bm25 = bm25s.get(id);
      const cosine = byVector.queryVector && dot(byVector.queryVector, entry.embedding.vector);
      return {
        stored: entry,
        cosine: cosine ?? 0,
        lexical: (bm25 ?? 0) / scale.topBm25,
        score: fuse(cosine, bm25, scale),
        via: viaOf(cosines.has(id), bm25 !== undefined),
      };
    })
    .sort((a, b) => b.score - a.score || (a.stored.passage.id < b.stored.passage.id ? -1 : 1));
}

function viaOf(vector: boolean, text: boolean): Via {
  if (vector && text) return 'both';
  return vector ? 'vector' : 'text';
}

/** Cosine of two unit vectors. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** Keeps the best of passages that say the same words. */
function withoutDuplicates(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<string>();
  return candidates.filter((candidate) => {
    const key = candidate.stored.passage.text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
