import type { Usage } from '../model/usage.ts';
import type { ReadNote } from '../ports/reader.ts';

/** What is to be said of an answer besides its sentences. */
export interface ReadNotes {
  readonly note: (note: ReadNote) => void;
  /** Sentences left out. */
  omitted(): number;
  /** Parts of the question that have no answer. */
  unanswered(): readonly string[];
  /** What did not work and what answered instead, a sentence each. */
  degraded(): readonly string[];
  usage(): Usage | undefined;
}

/** Collects what condensing and reading have to say; the tokens of all calls are added up. */
export function collectNotes(): ReadNotes {
  const notes: ReadNote[] = [];
  const usages = () => notes.flatMap((note) => (note.type === 'usage' ? [note.usage] : []));
  return {
    note: (note) => notes.push(note),
    omitted: () => notes.filter(({ type }) => type === 'omitted').length,
    unanswered: () => notes.flatMap((note) => (note.type === 'unanswered' ? [note.question] : [])),
    degraded: () => notes.flatMap((note) => (note.type === 'degraded' ? [note.message] : [])),
    usage: () => (usages().length === 0 ? undefined : usages().reduce(added)),
  };
}

function added(a: Usage, b: Usage): Usage {
  const cost = a.costUsd === undefined || b.costUsd === undefined ? undefined : a.costUsd + b.costUsd;
  return {
    model: a.model,
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    estimated: a.estimated || b.estimated,
    ...(cost === undefined ? {} : { costUsd: cost }),
  };
}
