import type { MetadataFilter } from '../ports/passage-store.ts';
import { type AssessDeps, type Assessment, assess, PASSAGES_READ } from './assess.ts';
import { withoutInstructions } from './instructions.ts';
import type { Language } from './language/detect-language.ts';
import { searchWords } from './language/search-words.ts';
import { type RetrieveDeps, retrieve } from './retrieve.ts';
import type { StepClock } from './start-clock.ts';

export interface LookUpRequest {
  /** It stands alone. */
  readonly question: string;
  /** Other wordings of it, to search by as well. */
  readonly alongside: readonly string[];
  /** Of the question, where it could be told. */
  readonly language: Language | undefined;
  /** Passages to report. */
  readonly limit: number;
  readonly filter: MetadataFilter | undefined;
}

/** What looking a question up came to. */
export interface LookUp extends Assessment {
  readonly question: string;
  /** The parts of it, each standing alone, to which no answer was found. */
  readonly unanswered?: readonly string[];
  /** Why only full text answered, when it did. */
  readonly degraded?: string;
}

/** Retrieves the passages closest to a question and reads them against it. */
export async function lookUp(
  deps: RetrieveDeps & AssessDeps,
  { question, alongside, language, limit, filter }: LookUpRequest,
  clock: Pick<StepClock, 'lap'>,
): Promise<LookUp> {
  const search = searchWords(withoutInstructions(question), language);
  const wanted = { limit: Math.max(limit, PASSAGES_READ), ...(filter === undefined ? {} : { filter }) };
  const retrieval = await retrieve(deps, { ...search, alongside, ...wanted });
  clock.lap('retrieve');
  const assessment = await assess(deps, search.query, retrieval, { isFollowUp: alongside.length > 0 });
  clock.lap('read');
  const { degraded } = retrieval;
  return { question, ...assessment, ...(degraded === undefined ? {} : { degraded }) };
}
