import type { Turn } from '../../model/conversation.ts';
import { messageOf } from '../../model/errors.ts';
import { ModelError } from '../../model/model-error.ts';
import type { ReadInput } from '../../ports/reader.ts';
import { contentTerms } from '../terms.ts';
import { asData } from './as-data.ts';
import { type Call, type CallDeps, callModel } from './call-model.ts';
import { plainLine, riskOf } from './plain-text.ts';
import type { Prompts } from './prompts.ts';
import { createThoughtFilter } from './thoughts.ts';
import { startDeadline } from './time.ts';

export interface CondenseDeps extends CallDeps {
  readonly prompts: Prompts;
  /** Milliseconds that a question may wait for it. */
  readonly within: number;
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
const MOST_TOKENS = 300;
const LONGEST_QUESTION = 600;
/** Of the words of a condensed question, so many must come from the question or the conversation. */
const KNOWN_WORDS = 0.6;

/** Lets the model make a follow-up stand alone; what it makes nonsense of is left to `fallback`. */
export function createCondense(deps: CondenseDeps): Condense {
  return async (question, turns, { note, signal }) => {
    if (turns.length === 0) return question;
    const late = () => new ModelError('timeout', `It took longer than ${deps.within / 1000} seconds.`);
    const deadline = startDeadline(deps.within, signal, late);
    try {
      const conversation = conversationOf(turns);
      const messages = deps.prompts.condense({ conversation, question: asData(question) });
      const reply = await replyTo(deps, { messages, signal: deadline.signal, note });
      return questionIn(reply, `${question}\n${conversation}`);
    } catch (error) {
      signal.throwIfAborted();
      deps.onFault(`A follow-up was not condensed by the language model: ${messageOf(error)}`);
      return deps.fallback(question, turns);
    } finally {
      deadline.end();
    }
  };
}

async function replyTo(
  deps: CallDeps,
  { messages, signal, note }: Pick<ReadInput, 'note' | 'signal'> & Pick<Call, 'messages'>,
): Promise<string> {
  const thoughts = createThoughtFilter();
  const onUsage: Call['onUsage'] = (usage) => note({ type: 'usage', usage });
  let reply = '';
  for await (const delta of callModel(deps, { messages, maxTokens: MOST_TOKENS, signal, onUsage }))
    reply += thoughts.push(delta);
  return reply + thoughts.end();
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

/** The one question in a reply; throws when it is none that came of the conversation. */
function questionIn(reply: string, given: string): string {
  const lines = reply
    .split('\n')
    .map(plainLine)
    .filter((line) => line !== '');
  const question = (lines[0] ?? '')
    .replace(/^(?:[\w ]{0,20}question|rewritten)\s*:\s*/i, '')
    .replace(/^["“](.*)["”]$/, '$1');
  const known = new Set(contentTerms(given).map(({ stem }) => stem));
  const terms = contentTerms(question);
  const share = terms.filter(({ stem }) => known.has(stem)).length / terms.length;
  const faulty = lines.length !== 1 || question.length > LONGEST_QUESTION || riskOf(question) !== undefined;
  if (!faulty && share >= KNOWN_WORDS) return question;
  throw new ModelError('broken', 'It wrote something else than the question.');
}
