import { ModelError } from '../../model/model-error.ts';
import type { ReadInput } from '../../ports/reader.ts';
import { type Call, type CallDeps, callModel } from './call-model.ts';
import { plainLine, riskOf } from './plain-text.ts';
import { createThoughtFilter } from './thoughts.ts';
import { startDeadline } from './time.ts';

export interface AskForQuestionDeps extends CallDeps {
  /** Milliseconds that a question may wait for it. */
  readonly within: number;
}

const MOST_TOKENS = 300;
const LONGEST_QUESTION = 600;

/** Lets the model write a question anew. Throws a `ModelError` when it fails, takes too long or writes anything but one line. */
export async function askForQuestion(
  deps: AskForQuestionDeps,
  messages: Call['messages'],
  { note, signal }: Pick<ReadInput, 'note' | 'signal'>,
): Promise<string> {
  const late = () => new ModelError('timeout', `It took longer than ${deps.within / 1000} seconds.`);
  const deadline = startDeadline(deps.within, signal, late);
  const onUsage: Call['onUsage'] = (usage) => note({ type: 'usage', usage });
  const thoughts = createThoughtFilter();
  try {
    let reply = '';
    const call = { messages, maxTokens: MOST_TOKENS, signal: deadline.signal, onUsage };
    for await (const delta of callModel(deps, call)) reply += thoughts.push(delta);
    return questionIn(reply + thoughts.end());
  } finally {
    deadline.end();
  }
}

/** What a model writes in place of the question. */
export function noQuestion(): ModelError {
  return new ModelError('broken', 'It wrote something else than the question.');
}

function questionIn(reply: string): string {
  const lines = reply
    .split('\n')
    .map(plainLine)
    .filter((line) => line !== '');
  const question = (lines[0] ?? '')
    .replace(/^(?:[\w ]{0,20}question|rewritten|translat\w+)\s*:\s*/i, '')
    .replace(/^["“](.*)["”]$/, '$1');
  if (lines.length === 1 && question.length <= LONGEST_QUESTION && riskOf(question) === undefined)
    return question;
  throw noQuestion();
}
