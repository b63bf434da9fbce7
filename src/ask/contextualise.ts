import type { Turn } from '../model/conversation.ts';
import { leansOn } from './contextualise/dependence.ts';
import { focusOf } from './contextualise/focus.ts';
import { resolvePronouns } from './contextualise/pronouns.ts';
import { topicFor, withTopic } from './contextualise/topic.ts';

export function contextualise(question: string, turns: readonly Turn[]): string {
  const focus = focusOf(turns);
  if (focus === undefined) return question;
  const { text, open } = resolvePronouns(question, focus);
  if (!open && !leansOn(text, focus)) return text;
  const topic = topicFor(text, focus);
  return topic === undefined ? text : withTopic(text, topic.text);
}
