import type { Passage } from '../model/passage.ts';
import { type AssessDeps, assess, PASSAGES_READ } from './assess.ts';
import { type Candidate, type RetrieveDeps, retrieve } from './retrieve.ts';
import { contentTerms } from './terms.ts';

/** A question that the documents answer, in their own words: a heading. */
export interface Suggestion {
  readonly question: string;
  readonly documentId: string;
  readonly documentTitle: string;
}

export interface SuggestRequest {
  /** What was asked before; suggestions to begin with without it. */
  readonly about?: string;
  /** At most this many, 1–10. */
  readonly limit: number;
}

/** What one could ask. Empty where the documents have no headings that would be answered. */
export type Suggest = (request: SuggestRequest) => Promise<readonly Suggestion[]>;

export interface SuggestDeps extends RetrieveDeps, AssessDeps {
  /** Confidence from which a question is answered. */
  readonly threshold: number;
}

/** Documents whose headings are looked at for a beginning: so many of the first ones, spread over them. */
const DOCUMENTS = 12;
const FIRST_ONES = 100;
/** Each costs as much as answering it. */
const CHECKS = 12;
const MOST = 10;

/** Suggests headings that, asked as questions, are answered. */
export function createSuggest(deps: SuggestDeps): Suggest {
  // What was found, not the finding: requests of a Worker must not wait for each other's promises.
  let beginning: { generation: number; found: readonly Suggestion[] } | undefined;
  return async ({ about, limit }) => {
    if (about !== undefined) return answerable(deps, await headingsNear(deps, about), limit);
    const generation = (await deps.store.manifest())?.generation ?? 0;
    if (beginning?.generation !== generation) beginning = { generation, found: await findBeginning(deps) };
    return beginning.found.slice(0, limit);
  };
}

/**
 * From many documents rather than all from the first. A heading that several of them have ("Overview") says
 * nothing alone, and one of a single word little.
 */
async function findBeginning(deps: SuggestDeps): Promise<readonly Suggestion[]> {
  const documents = await deps.store.listDocuments({ limit: FIRST_ONES });
  const step = Math.max(1, documents.length / DOCUMENTS);
  const spread = documents.filter((_, at) => Math.floor(at / step) > Math.floor((at - 1) / step));
  const headings: Suggestion[][] = [];
  for (const { id, title } of spread) {
    const near = await headingsNear(deps, title);
    headings.push(near.filter(({ documentId }) => documentId === id));
  }
  const longest = Math.max(0, ...headings.map((own) => own.length));
  const inTurn = Array.from({ length: longest }, (_, i) =>
    headings.flatMap((own) => own.slice(i, i + 1)),
  ).flat();
  const subjects = inTurn.map(({ question }) => subjectOf(question));
  const isOnce = (subject = '') => subjects.indexOf(subject) === subjects.lastIndexOf(subject);
  const isSingle = ({ question }: Suggestion) => Number(/^\S+$/.test(question));
  const telling = inTurn.filter((_, at) => isOnce(subjects[at])).sort((a, b) => isSingle(a) - isSingle(b));
  return answerable(deps, telling, MOST);
}

/** The headings of the passages nearest to a text, but for that text itself. */
async function headingsNear(deps: SuggestDeps, text: string): Promise<Suggestion[]> {
  const { candidates } = await retrieve(deps, { query: text, limit: PASSAGES_READ });
  const seen = new Set([subjectOf(text)]);
  return candidates.flatMap((candidate) => {
    const question = headingOf(candidate);
    if (question === undefined || seen.has(subjectOf(question))) return [];
    seen.add(subjectOf(question));
    const { documentTitle, passage } = candidate.stored;
    return [{ question, documentId: passage.documentId, documentTitle }];
  });
}

/** The same for texts that ask about the same in other words or in another order: the stems of what carries them. */
function subjectOf(text: string): string {
  return [...new Set(contentTerms(text).map(({ stem }) => stem))].sort().join(' ');
}

function headingOf({ stored }: Candidate): string | undefined {
  const { headings, ordinal }: Passage = stored.passage;
  const heading = headings.at(-1)?.trim().replace(/[:.]$/, '');
  const isTitle = heading === stored.documentTitle || (ordinal === 0 && headings.length === 1);
  if (heading === undefined || isTitle) return undefined;
  return /\p{L}{3}/u.test(heading) && heading.length <= 80 ? heading : undefined;
}

/** Those that would be answered, in their order. */
async function answerable(
  deps: SuggestDeps,
  suggestions: readonly Suggestion[],
  limit: number,
): Promise<readonly Suggestion[]> {
  const kept: Suggestion[] = [];
  for (const suggestion of suggestions.slice(0, CHECKS)) {
    if (kept.length === limit) break;
    const { question } = suggestion;
    const retrieval = await retrieve(deps, { query: question, limit: PASSAGES_READ });
    const { confidence } = await assess(deps, question, retrieval);
    if (confidence >= deps.threshold) kept.push(suggestion);
  }
  return kept;
}
