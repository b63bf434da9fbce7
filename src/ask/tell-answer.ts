import type { Reader, ReadNote } from '../ports/reader.ts';
import type { CheckSupport } from '../ports/support.ts';
import type { AnswerBuilder } from './cite.ts';
import type { AskEvent } from './events.ts';
import { createProver } from './prove.ts';
import type { Candidate } from './retrieve.ts';
import type { ScoredSentence } from './score-sentences.ts';
import { verify } from './verify.ts';

export interface TellDeps {
  readonly read: Reader;
  /** Finds what supports a sentence that is not the documents' own; without it, only their words pass. */
  readonly checkSupport?: CheckSupport;
}

/** What an answer is read from. */
export interface Material {
  readonly question: string;
  /** All that was retrieved, best first; only this may be cited. */
  readonly candidates: readonly Candidate[];
  /** Best first. */
  readonly sentences: readonly ScoredSentence[];
  /** Parts of the question for which nothing was found. */
  readonly unanswered: readonly string[];
  readonly signal: AbortSignal;
}

/** A model reads no more passages than this. */
const PASSAGES_GIVEN = 8;

/** Lets the reader speak, and tells each of its statements that is verified, with its citations. */
export async function* tellAnswer(
  deps: TellDeps,
  { question, candidates, sentences, unanswered, signal }: Material,
  answer: AnswerBuilder,
  note: (note: ReadNote) => void,
): AsyncGenerator<AskEvent> {
  const retrieved = new Set(candidates.map(({ stored }) => stored.passage.id));
  const passages = candidates.slice(0, PASSAGES_GIVEN).map(({ stored }) => stored);
  const { prove, quotesFor } = createProver(question, passages, deps.checkSupport);
  const input = { question, passages, sentences, unanswered, signal, prove, note };
  for await (const statement of deps.read(input)) {
    signal.throwIfAborted();
    const verified = verify(statement, retrieved, quotesFor(statement.text));
    if (verified === undefined) continue;
    const { delta, citations } = answer.add(verified);
    yield { type: 'text-delta', text: delta };
    for (const citation of citations) yield { type: 'citation-added', citation };
  }
}
