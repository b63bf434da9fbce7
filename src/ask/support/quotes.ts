import type { Quote } from '../../ports/reader.ts';
import type { ReadPassage } from './evidence.ts';
import type { Finding } from './judge-claim.ts';

/** The quotes of findings: whole sentences, neighbours as one stretch, each passage once and in order of need. */
export function quotesOf(findings: readonly Finding[]): Quote[] {
  const byPassage = new Map<ReadPassage, Set<number>>();
  for (const { evidence, sentences } of findings) {
    const wanted = byPassage.get(evidence.passage) ?? new Set<number>();
    byPassage.set(evidence.passage, wanted);
    for (const at of sentences) wanted.add(at);
  }
  return [...byPassage].flatMap(([passage, wanted]) =>
    runsOf([...wanted].sort((a, b) => a - b)).map((run) => quoteOf(passage, run)),
  );
}

/** The stretch from the first to the last of neighbouring sentences. */
export function quoteOf({ source }: ReadPassage, [first, last]: readonly [number, number]): Quote {
  const { passage } = source;
  return {
    source,
    start: passage.sentences[first]?.start ?? passage.start,
    end: passage.sentences[last]?.end ?? passage.end,
  };
}

function runsOf(sorted: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const at of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] + 1 === at) last[1] = at;
    else runs.push([at, at]);
  }
  return runs;
}
