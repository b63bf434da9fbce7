import type { StoredPassage } from '../../ports/passage-store.ts';
import { asData } from './as-data.ts';

export interface PackedPassages {
  /** For the prompt: each passage numbered from 1, in an element of its own. */
  readonly text: string;
  /** Where passage number `i + 1` stands among those given. */
  readonly indices: readonly number[];
}

/**
 * The passages that fit into `budget` tokens, the best first; one that is too long for what is left makes room for shorter
 * ones behind it. The best is always there, cut if it must be.
 */
export function packPassages(
  passages: readonly StoredPassage[],
  budget: number,
  countTokens: (text: string) => number,
): PackedPassages {
  const indices: number[] = [];
  const packed: string[] = [];
  let left = budget;
  for (const [index, passage] of passages.entries()) {
    const number = packed.length + 1;
    let element = elementOf(passage, number, passage.passage.text);
    let tokens = countTokens(element);
    if (tokens > left && index === 0) {
      const kept = Math.floor((passage.passage.text.length * left) / tokens);
      element = elementOf(passage, number, passage.passage.text.slice(0, kept));
      tokens = left;
    }
    if (tokens > left) continue;
    left -= tokens;
    packed.push(element);
    indices.push(index);
  }
  return { text: packed.join('\n\n'), indices };
}

function elementOf({ passage, documentTitle }: StoredPassage, number: number, text: string): string {
  const place = [documentTitle, ...passage.headings.filter((heading) => heading !== documentTitle)];
  return `<passage number="${number}" from="${attribute(place.join(' › '))}">\n${asData(text)}\n</passage>`;
}

function attribute(text: string): string {
  return asData(text).replace(/\s+/g, ' ').replace(/["<>]/g, "'");
}
