import { termsOf } from '../terms.ts';
import { isHollow } from './antecedent.ts';
import type { Focus } from './focus.ts';
import { isSame, type Mention } from './mention.ts';
import { mentionsIn } from './mentions.ts';

/** Presence from which a mention counts as the topic. */
const LEAST = 0.5;
/** What only answers named is less the topic than what was asked about. */
const UNASKED = 0.6;

/** What the conversation is most about, and `question` does not say. */
export function topicFor(question: string, focus: Focus): Mention | undefined {
  const own = mentionsIn(question, { nouns: true });
  return focus.candidates
    .filter(
      ({ mention, central }) => mention.kind !== 'time' && (mention.proper ? central : !isHollow(mention)),
    )
    .filter(({ mention }) => !own.some((one) => isSame(one, mention)))
    .map(({ mention, score, asked }) => ({
      mention,
      weight: score * recurrence(mention, focus) * (asked ? 1 : UNASKED),
    }))
    .filter(({ weight }) => weight >= LEAST)
    .sort((a, b) => b.weight - a.weight)
    .map(({ mention }) => mention)[0];
}

/** How often its words were used, on a logarithmic scale: what is said once in passing is no topic. */
function recurrence(mention: Mention, focus: Focus): number {
  const counts = termsOf(mention.words.join(' ')).map((term) => focus.stems.get(term.stem) ?? 0);
  return Math.log2(1 + Math.max(...counts));
}

/** The question with its topic behind it, for where no grammar says how the two go together. */
export function withTopic(question: string, topic: string): string {
  return `${question.replace(/[\s?.!,]*$/, '')} (${topic})?`;
}
