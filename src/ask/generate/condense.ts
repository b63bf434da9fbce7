import type { Turn } from '../../model/conversation.ts';
import { messageOf } from '../../model/errors.ts';
import type { ReadInput } from '../../ports/reader.ts';
import { contentTerms } from '../terms.ts';
import { asData } from './as-data.ts';
import { type AskForQuestionDeps, askForQuestion, noQuestion } from './ask-for-question.ts';
import type { Prompts } from './prompts.ts';

export interface CondenseDeps extends AskForQuestionDeps {
  readonly prompts: Prompts;
  /** Stands by when the model fails or is slow. */
  readonly fallback: (question: string, turns: readonly Turn[]) => string;
  /** Told what went wrong, for the owner. */
  readonly onFault: (message: string) => void;
}

/** The question as it would be asked without the conversation before it; `turns` oldest first. */
export type Condense = (
  question: string,
  turns: readonly Turn[],
  given: Pick<ReadInput, 'note' | 'signal'>,
) => Promise<string> | string;

/** What a pronoun means stands in the last turns. */
const TURNS_READ = 6;
/** Characters of an answer that are shown. */
const ANSWER_SHOWN = 600;
/** Of the words of a condensed question, so many must come from the question or the conversation. */
const KNOWN_WORDS = 0.6;

/** Lets the model make a follow-up stand alone; what it makes nonsense of is left to `fallback`. */
export function createCondense(deps: CondenseDeps): Condense {
  return async (question, turns, given) => {
    if (turns.length === 0) return question;
    try {
      const conversation = conversationOf(turns);
      const messages = deps.prompts.condense({ conversation, question: asData(question) });
      const condensed = await askForQuestion(deps, messages, given);
      if (shareKnown(condensed, `${question}\n${conversation}`) >= KNOWN_WORDS) return condensed;
      throw noQuestion();
    } catch (error) {
      given.signal.throwIfAborted();
      deps.onFault(`A follow-up was not condensed by the language model: ${messageOf(error)}`);
      return deps.fallback(question, turns);
    }
  };
}

function conversationOf(turns: readonly Turn[]): string {
  return turns
    .slice(-TURNS_READ)
    .map(({ question, answer }) => {
      const answered = answer.status === 'answered' ? answer.text.slice(0, ANSWER_SHOWN) : '(no answer)';
      return `Question: ${asData(question)}\nAnswer: ${asData(answered)}`;
    })
    .join('\n\n');
}

/** Of the words of a question, the share that was said before. */
function shareKnown(question: string, before: string): number {
  const known = new Set(contentTerms(before).map(({ stem }) => stem));
  const terms = contentTerms(question);
  return terms.filter(({ stem }) => known.has(stem)).length / terms.length;
}
