import type { Turn } from '../model/conversation.ts';
import { changesTopic, leansOn } from './contextualise/dependence.ts';
import { focusOf } from './contextualise/focus.ts';
import { completeFragment } from './contextualise/fragment.ts';
import { resolvePronouns } from './contextualise/pronouns.ts';
import { topicsFor, withTopic } from './contextualise/topic.ts';

/**
 * The question as it would be asked without the conversation before it; `turns` oldest first. What stands alone is
 * returned as it is. What a pronoun means takes its place, a fragment takes the frame of the last question, and what
 * leans on the conversation in another way gets its topic in brackets.
 */
export function contextualise(question: string, turns: readonly Turn[]): string {
  const focus = focusOf(turns);
  if (focus === undefined || changesTopic(question, focus)) return question;
  const completed = completeFragment(question, focus);
  if (completed !== undefined) return completed;
  const { text, open } = resolvePronouns(question, focus);
  if (!open && !leansOn(text, focus)) return text;
  const topics = topicsFor(text, focus).slice(0, 1);
  return topics.length === 0 ? text : withTopic(text, topics.map((topic) => topic.text).join(', '));
}
