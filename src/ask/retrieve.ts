import type { Hit, Via } from '../model/passage.ts';
import type { Embedder } from '../ports/embedder.ts';
import type { MetadataFilter, PassageStore, StoredPassage, TextMatch } from '../ports/passage-store.ts';
import type { VectorIndex, VectorMatch } from '../ports/vector-index.ts';
import { combine, type Fused, fuse, meanOf } from './fuse.ts';
import { withoutOrders } from './orders.ts';
import { preferNamed } from './prefer-named.ts';
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
  /** Other wordings of the question, such as a follow-up as it was asked. Each counts as much in the ranking as the query. */
  readonly alongside?: readonly string[];
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
  /** How much of the score it has for being called by its document's title. */
  readonly named: number;
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
  const { query, meaning = query, alongside = [], filter, limit } = request;
  const documentIds = filter === undefined ? undefined : await deps.store.matchDocuments(filter);
  if (documentIds?.size === 0) return { candidates: [] };
  const within = documentIds === undefined ? {} : { documentIds };
  const [byVector, byText] = await Promise.all([
    searchVectors(deps, [meaning, ...alongside], { limit: VECTOR_POOL, ...within }),
    Promise.all([query, ...alongside].map((wording) => searchText(deps, wording, within))),
  ]);
  const { matches, direction, ...found } = byVector;
  const fused = fuse(matches, meanOf(byText), TEXT_POOL).slice(0, limit + SPARE);
  const candidates = await fetchCandidates(deps.store, fused, found.queryVector, direction);
  return { candidates: preferNamed(withoutDuplicates(candidates), query).slice(0, limit), ...found };
}

/** A candidate as the outside sees it. */
export function toHit(candidate: Candidate): Hit {
  const { passage, documentTitle, documentUri } = candidate.stored;
  return { passage, documentTitle, documentUri, score: candidate.score, via: candidate.via };
}

interface VectorFinds {
  readonly matches: readonly VectorMatch[];
  /** Of the first wording. */
  readonly queryVector?: Float32Array;
  /** Of all wordings together: what `matches` are near to. */
  readonly direction?: Float32Array;
  readonly degraded?: string;
}

async function searchVectors(
  deps: RetrieveDeps,
  wordings: readonly string[],
  pool: { limit: number; documentIds?: ReadonlySet<string> },
): Promise<VectorFinds> {
  try {
    const vectors = await Promise.all(wordings.map((wording) => deps.embedder.embedQuery(wording)));
    const [queryVector = new Float32Array()] = vectors;
    const direction = directionOf(vectors) ?? queryVector;
    const matches = await deps.index.search({ vector: direction, ...pool });
    return { matches, queryVector, direction };
  } catch {
    return { matches: [], degraded: 'The search by meaning did not work; full text alone answered.' };
  }
}

function searchText(
  { store }: RetrieveDeps,
  wording: string,
  within: { documentIds?: ReadonlySet<string> },
): Promise<TextMatch[]> {
  const terms = [...new Set(contentTerms(wording).map((term) => term.stem))];
  return store.searchText({ terms, limit: TEXT_POOL, ...within });
}

/** Best first, each by its true nearness: until it is fetched, that of what full text alone found is not known. */
async function fetchCandidates(
  store: PassageStore,
  fused: readonly Fused[],
  queryVector: Float32Array | undefined,
  direction: Float32Array | undefined,
): Promise<Candidate[]> {
  const stored = await store.getPassages(fused.map(({ passageId }) => passageId));
  const byId = new Map(stored.map((entry) => [entry.passage.id, entry]));
  const candidates = fused.flatMap(({ passageId, score, lexical, assumedLexical, via }) => {
    const entry = byId.get(passageId);
    if (entry === undefined) return [];
    const found = { stored: withoutOrders(entry), lexical, named: 0, via };
    if (queryVector === undefined || direction === undefined) return [{ ...found, cosine: 0, score }];
    const { vector } = entry.embedding;
    const nearness = dot(direction, vector);
    return [{ ...found, cosine: dot(queryVector, vector), score: combine(nearness, assumedLexical) }];
  });
  return candidates.sort((a, b) => b.score - a.score);
}

/** The unit vector that lies between some, undefined when they cancel each other out. */
function directionOf(vectors: readonly Float32Array[]): Float32Array | undefined {
  const [first] = vectors;
  if (vectors.length < 2) return first;
  const sum = new Float32Array(first?.length ?? 0);
  for (const vector of vectors)
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0);
  const length = Math.sqrt(dot(sum, sum));
  return length > 0 ? sum.map((value) => value / length) : undefined;
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
