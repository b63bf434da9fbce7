import type { Turn } from '../model/conversation.ts';
import { changesTopic, leansOn } from './contextualise/dependence.ts';
import { type Focus, focusOf } from './contextualise/focus.ts';
import { askOf, completeFragment, isDefinitePhrase } from './contextualise/fragment.ts';
import { afterTurningAway, withoutLead } from './contextualise/lead.ts';
import { resolveThere } from './contextualise/place.ts';
import { resolvePronouns } from './contextualise/pronouns.ts';
import { topicFor, withTopic } from './contextualise/topic.ts';

/**
 * The question as it would be asked without the conversation before it; `turns` oldest first. What stands alone is
 * returned as it is. What a pronoun means takes its place, a fragment takes the frame of the last question, and what
 * leans on the conversation in another way gets its topic in brackets.
 */
export function contextualise(question: string, turns: readonly Turn[]): string {
  const focus = focusOf(turns);
  if (focus === undefined || question.length > LONGEST_FOLLOW_UP) return question;
  const asked = question.replace(/\s+/g, ' ').trim();
  const standalone = resolve(asked, focus);
  return standalone === asked ? question : standalone;
}

/** Characters; who writes more than this says what it is about. It also bounds the work of the patterns. */
const LONGEST_FOLLOW_UP = 1_000;

function resolve(question: string, focus: Focus): string {
  const turned = afterTurningAway(question);
  if (turned !== undefined) return turned;
  if (changesTopic(question, focus)) return question;
  const completed = completeFragment(question, focus);
  if (completed !== undefined) return completed;
  const { text, open } = resolvePronouns(resolveThere(question, focus), focus);
  if (text !== question && isDefinitePhrase(text)) return askOf(withoutLead(text));
  const topic = open || leansOn(text, focus) ? topicFor(text, focus) : undefined;
  if (topic !== undefined)
    return withTopic(isDefinitePhrase(text) ? askOf(withoutLead(text)) : withoutLead(text), topic.text);
  return text === question ? question : withoutLead(text);
}
