import { withoutQuotes } from './encoders/openai-quotes.ts';
import { InvalidFieldsError } from './problem.ts';
import type { Content } from './schemas/openai.ts';
import type { SpokenMessage } from './spoken-messages.ts';

const TEXT_TYPES = ['text', 'input_text', 'output_text', 'refusal'];

interface Given {
  readonly role?: string | undefined;
  readonly content?: Content | null | undefined;
}

/** Messages of OpenAI's formats as they were spoken. Throws `bad_request` when the user sends more than text. */
export function spokenMessages(messages: readonly Given[], field: string): SpokenMessage[] {
  return messages.map(({ role, content }, i) => {
    if (role === 'assistant') return { role, text: withoutQuotes(textOf(content)) };
    if (role !== 'user') return { role: 'other', text: '' };
    assertText(content, `${field}.${i}.content`);
    return { role, text: textOf(content) };
  });
}

function textOf(content: Content | null | undefined): string {
  if (typeof content === 'string') return content;
  return (content ?? [])
    .filter(({ type }) => TEXT_TYPES.includes(type))
    .map(({ text }) => text ?? '')
    .join('\n');
}

function assertText(content: Content | null | undefined, path: string): void {
  if (content === undefined || content === null || typeof content === 'string') return;
  const other = content.find(({ type }) => !TEXT_TYPES.includes(type));
  if (other === undefined) return;
  const message = `this server reads text only: leave out the part of type ${other.type.slice(0, 40)}`;
  throw new InvalidFieldsError(`${path}: ${message}`, [{ path, message }]);
}
