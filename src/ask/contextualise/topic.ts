import { isHollow } from './antecedent.ts';
import type { Focus } from './focus.ts';
import { isSame, type Mention } from './mention.ts';
import { mentionsIn } from './mentions.ts';

/** Presence from which a name counts as the topic. */
const LEAST = 1;

/** The name, or else the noun of the last question, that the conversation is about and `question` does not say. */
export function topicFor(question: string, focus: Focus): Mention | undefined {
  const own = mentionsIn(question, { nouns: true });
  const isNew = (mention: Mention) => !own.some((one) => isSame(one, mention));
  const name = focus.candidates.find(
    ({ mention, score, central }) =>
      mention.proper && central && mention.kind !== 'time' && score >= LEAST && isNew(mention),
  );
  return name?.mention ?? focus.inQuestion.filter((mention) => !isHollow(mention) && isNew(mention)).at(-1);
}

/** The question with its topic behind it, for where no grammar says how the two go together. */
export function withTopic(question: string, topic: string): string {
  return `${question.replace(/[\s?.!,]*$/, '')} (${topic})?`;
}
