import type { Turn } from '../model/conversation.ts';
import { STOP_WORDS } from './stop-words.ts';
import { contentTerms, type Term, termsOf } from './terms.ts';

const PERSON = /\b(?:he|she|him|her|his|hers|himself|herself)\b/i;
const THING = /\b(?:it|its|this|that|these|those|they|them|their|theirs|there|itself|themselves|the same)\b/i;
const CONTINUES =
  /^(?:and|but|so|or|also|then|what about|how about|what else|anything else|why|how so|when|where|who|since when)\b[^a-z]*(?:\w+\W*){0,4}$/i;

/**
 * The question as it would be asked without the conversation before it. A question that stands alone is returned as it
 * is; one that points back ("and where does he live?") gets the topic of the last turn that had one.
 */
export function contextualise(question: string, turns: readonly Turn[]): string {
  const last = turns.at(-1);
  if (last === undefined || !pointsBack(question)) return question;
  const topic = topicOf(last, question);
  if (topic === '') return question;
  return PERSON.test(question) && namesIn(topic).length > 0
    ? replacePronoun(question, topic)
    : `${question.replace(/\s*[?.!]*\s*$/, '')} (${topic})?`;
}

function pointsBack(question: string): boolean {
  const content = termsOf(question).filter((term) => !STOP_WORDS.has(term.word));
  return (
    PERSON.test(question) ||
    (THING.test(question) && content.length <= 6) ||
    CONTINUES.test(question) ||
    content.length <= 1
  );
}

/** The words of the last turn that the new question lacks: its names if it had any, else its subject words. */
function topicOf(turn: Turn, question: string): string {
  const asked = new Set(termsOf(question).map((term) => term.stem));
  const fresh = (terms: readonly Term[]) => terms.filter((term) => !asked.has(term.stem));
  const names = namesIn(turn.standaloneQuestion);
  if (PERSON.test(question) && names.length > 0) return names[0] ?? '';
  return fresh(contentTerms(turn.standaloneQuestion))
    .map((term) => term.written)
    .join(' ');
}

/** Runs of capitalised words, the first word of the text left out unless another follows it. */
function namesIn(text: string): string[] {
  const runs = text.match(/\p{Lu}[\p{L}.'’-]*(?:\s+(?:al-)?\p{Lu}[\p{L}.'’-]*)*/gu) ?? [];
  return runs.map(withoutStopWords).filter((run) => run !== '');
}

function withoutStopWords(run: string): string {
  return run
    .split(/\s+/)
    .filter((word) => !STOP_WORDS.has(word.toLowerCase()))
    .join(' ');
}

function replacePronoun(question: string, name: string): string {
  return question
    .replace(/\b(?:his|hers)\b/i, `${name}'s`)
    .replace(/\b(?:he|she|him|her|himself|herself)\b/i, name);
}
