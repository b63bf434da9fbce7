import { messageOf } from '../../model/errors.ts';
import type { ReadInput } from '../../ports/reader.ts';
import { detectLanguage, type Language } from '../language/detect-language.ts';
import { contentTerms } from '../terms.ts';
import { asData } from './as-data.ts';
import { type AskForQuestionDeps, askForQuestion, noQuestion } from './ask-for-question.ts';
import type { Prompts } from './prompts.ts';

export interface TranslateDeps extends AskForQuestionDeps {
  readonly prompts: Prompts;
  /** Told what went wrong, for the owner. */
  readonly onFault: (message: string) => void;
}

/** The question in another language; undefined when it could not be had, so that the question's own words must do. */
export type Translate = (
  question: string,
  language: Language,
  given: Pick<ReadInput, 'note' | 'signal'>,
) => Promise<string | undefined>;

/** Characters that a translation may have for each one of the question: Chinese says in one what takes others five. */
const MOST_GROWTH = 6;
const LEAST_ROOM = 60;

/** Lets the model put a question into the language of the documents, within bounds that leave no room for anything else. */
export function createTranslate(deps: TranslateDeps): Translate {
  const names = new Intl.DisplayNames(['en'], { type: 'language' });
  return async (question, language, given) => {
    try {
      const values = { language: names.of(language) ?? language, question: asData(question) };
      const translated = await askForQuestion(deps, deps.prompts.translate(values), given);
      const detected = detectLanguage(translated) ?? language;
      const fits = translated.length <= question.length * MOST_GROWTH + LEAST_ROOM;
      if (detected === language && fits && contentTerms(translated).length > 0) return translated;
      throw noQuestion();
    } catch (error) {
      given.signal.throwIfAborted();
      deps.onFault(`A question was not translated by the language model: ${messageOf(error)}`);
      return undefined;
    }
  };
}
