import type { Hit, Via } from '../model/passage.ts';
import type { Embedder } from '../ports/embedder.ts';
import type { MetadataFilter, PassageStore, StoredPassage } from '../ports/passage-store.ts';
import type { VectorIndex, VectorMatch } from '../ports/vector-index.ts';
import { combine, type Fused, fuse } from './fuse.ts';
import { withoutOrders } from './orders.ts';
import { contentTerms } from './terms.ts';

export interface RetrieveDeps {
  readonly embedder: Embedder;
  readonly index: VectorIndex;
  readonly store: PassageStore;
}

export interface RetrieveRequest {
  readonly query: string;
  /** What to search by meaning, where that is not the query; full text takes the query. */
  readonly meaning?: string;
  readonly filter?: MetadataFilter;
  /** Passages wanted. */
  readonly limit: number;
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
  /** Best first, near-duplicates removed, at most `limit`. */
  readonly candidates: readonly Candidate[];
  /** Missing when the embedder failed. */
  readonly queryVector?: Float32Array;
  /** Why only full text answered, when it did. */
  readonly degraded?: string;
}

/** How many passages each retriever may propose. Full text scores all it finds, so that more of them cost little. */
const VECTOR_POOL = 50;
const TEXT_POOL = 200;
/** Fetched beyond those wanted, to make up for duplicates. */
const SPARE = 4;

/** Finds the passages nearest to a query by vector and by full text, and ranks them as one list. */
export async function retrieve(deps: RetrieveDeps, request: RetrieveRequest): Promise<Retrieval> {
  const { query, meaning = query, filter, limit } = request;
  const documentIds = filter === undefined ? undefined : await deps.store.matchDocuments(filter);
  if (documentIds?.size === 0) return { candidates: [] };
  const within = documentIds === undefined ? {} : { documentIds };
  const terms = [...new Set(contentTerms(query).map((term) => term.stem))];
  const [byVector, byText] = await Promise.all([
    searchVectors(deps, meaning, { limit: VECTOR_POOL, ...within }),
    deps.store.searchText({ terms, limit: TEXT_POOL, ...within }),
  ]);
  const { matches, ...found } = byVector;
  const fused = fuse(matches, byText, TEXT_POOL).slice(0, limit + SPARE);
  const candidates = await fetchCandidates(deps.store, fused, found.queryVector);
  return { candidates: withoutDuplicates(candidates).slice(0, limit), ...found };
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
  pool: { limit: number; documentIds?: ReadonlySet<string> },
): Promise<VectorFinds> {
  try {
    const queryVector = await deps.embedder.embedQuery(query);
    const matches = await deps.index.search({ vector: queryVector, ...pool });
    return { matches, queryVector };
  } catch {
    return { matches: [], degraded: 'The search by meaning did not work; full text alone answered.' };
  }
}

/** Best first, each by its true cosine: until it is fetched, that of what full text alone found is not known. */
async function fetchCandidates(
  store: PassageStore,
  fused: readonly Fused[],
  queryVector: Float32Array | undefined,
): Promise<Candidate[]> {
  const stored = await store.getPassages(fused.map(({ passageId }) => passageId));
  const byId = new Map(stored.map((entry) => [entry.passage.id, entry]));
  const candidates = fused.flatMap(({ passageId, score, lexical, assumedLexical, via }) => {
    const entry = byId.get(passageId);
    if (entry === undefined) return [];
    const found = { stored: withoutOrders(entry), lexical, via };
    if (queryVector === undefined) return [{ ...found, cosine: 0, score }];
    const cosine = dot(queryVector, entry.embedding.vector);
    return [{ ...found, cosine, score: combine(cosine, assumedLexical) }];
  });
  return candidates.sort((a, b) => b.score - a.score);
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
