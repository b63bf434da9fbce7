import type { Candidate } from './retrieve.ts';
import { termsOf } from './terms.ts';

/** What a passage gains when the question calls its document by its title, and when one of the best passages does. */
const NAMED = { inQuestion: 0.05, inLeader: 0.1 } as const;
/** Passages whose mention of another document counts: what they lack, that one may have. */
const LEADERS = 3;
/** Characters; a shorter title stands in texts by chance. */
const SHORTEST_TITLE = 4;

/** Puts forward, within [0, 1], what is called by its title. `candidates` come and go best first. */
export function preferNamed(candidates: readonly Candidate[], query: string): Candidate[] {
  const asked = bare(query);
  const leaders = candidates.slice(0, LEADERS).map(({ stored }) => ({
    title: bare(stored.documentTitle),
    text: bare(stored.passage.text),
  }));
  return candidates
    .map((candidate) => {
      const title = bare(candidate.stored.documentTitle);
      if (title.length < SHORTEST_TITLE + 2) return candidate;
      const isLinked = leaders.some((leader) => leader.title !== title && leader.text.includes(title));
      const named = asked.includes(title) ? NAMED.inQuestion : isLinked ? NAMED.inLeader : 0;
      return { ...candidate, named, score: Math.min(1, candidate.score + named) };
    })
    .sort((a, b) => b.score - a.score);
}

/** The words alone, in lower case, a space around each. What stands in brackets only tells titles apart. */
function bare(text: string): string {
  const words = termsOf(text.replace(/\([^()]*\)/g, ' ')).map(({ word }) => word);
  return ` ${words.join(' ')} `;
}
