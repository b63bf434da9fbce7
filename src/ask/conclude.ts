import type { Answer, Declined, DeclineReason } from '../model/answer.ts';
import type { Hit } from '../model/passage.ts';
import type { MetadataFilter, PassageStore } from '../ports/passage-store.ts';
import { detectLanguage, type Language } from './language/detect-language.ts';
import { phrasesFor, replyLanguage } from './language/phrases.ts';
import type { SmallTalk } from './small-talk.ts';
import { replyTo } from './small-talk-reply.ts';

export interface Circumstances {
  readonly store: Pick<PassageStore, 'listDocuments' | 'countDocuments'>;
  readonly passages: readonly Hit[];
  /** Of the question, where it could be told. */
  readonly language: Language | undefined;
  /** The question was put into the language of the passages already. */
  readonly isTranslated: boolean;
  readonly smallTalk: SmallTalk | undefined;
  readonly filter: MetadataFilter | undefined;
}

const CLOSEST_SHOWN = 3;

/** An answer in which no sentence stood is a decline, in the language of the question where we speak it. */
export async function conclude(answer: Answer, circumstances: Circumstances): Promise<Answer> {
  if (answer.text !== '') return answer;
  const { store, passages, language, isTranslated, smallTalk, filter } = circumstances;
  if (smallTalk !== undefined) return decline('not_a_question', await replyTo(smallTalk, store, filter), []);
  const phrases = phrasesFor(language);
  const { documents } = await store.countDocuments();
  if (documents === 0) return decline('no_documents', phrases.noDocuments, []);
  const hint = isTranslated ? '' : hintOfLanguage(language, passages);
  const text = [phrases.noAnswer, hint].filter((part) => part !== '').join(' ');
  return decline('no_answer_in_documents', text, passages);
}

/** Says so when an answer is in another language than its question: it stays in the words that prove it. */
export function wordOfLanguage(language: Language | undefined, { status, text }: Answer): string | undefined {
  const told = status === 'answered' ? detectLanguage(text) : undefined;
  if (language === undefined || told === undefined || told === language) return undefined;
  return phrasesFor(language).answeredIn(nameOf(told, language));
}

/** Says so when the question is in another language than what came closest to it. */
function hintOfLanguage(language: Language | undefined, [closest]: readonly Hit[]): string {
  const found = closest && detectLanguage(closest.passage.text);
  if (language === undefined || found === undefined || found === language) return '';
  return phrasesFor(language).otherLanguage(nameOf(found, language));
}

/** What a language is called in the language that replies are written in. */
function nameOf(language: Language, inLanguage: Language): string {
  return new Intl.DisplayNames([replyLanguage(inLanguage)], { type: 'language' }).of(language) ?? language;
}

function decline(reason: DeclineReason, text: string, passages: readonly Hit[]): Declined {
  return { status: 'declined', reason, text, closest: passages.slice(0, CLOSEST_SHOWN) };
}
