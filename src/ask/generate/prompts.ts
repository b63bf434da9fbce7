import { IbidError } from '../../model/errors.ts';
import type { ChatMessage } from '../../ports/chat-model.ts';

/** The variables that each prompt must hold. The names are those of the files in `prompts/`, without `.md`. */
export const PROMPT_VARIABLES = {
  answer: ['passages', 'question'],
  correct: ['passages', 'question', 'sentence', 'reason'],
  condense: ['conversation', 'question'],
  translate: ['language', 'question'],
} as const;

export type PromptName = keyof typeof PROMPT_VARIABLES;

/** Fills a prompt with its variables. */
export type Prompt<Name extends PromptName> = (
  values: Readonly<Record<(typeof PROMPT_VARIABLES)[Name][number], string>>,
) => ChatMessage[];

export type Prompts = { readonly [Name in PromptName]: Prompt<Name> };

/**
 * Reads the owner's prompts: Markdown with a part `# System` and a part `# User`, and variables such as `{{question}}`.
 * HTML comments are left out. Throws one `config_invalid` that names every fault.
 */
export function parsePrompts(files: Readonly<Record<PromptName, string>>): Prompts {
  const faults: string[] = [];
  const parse = <Name extends PromptName>(name: Name): Prompt<Name> => {
    const { system = '', user = '', faults: found } = partsOf(files[name], PROMPT_VARIABLES[name]);
    faults.push(...found.map((fault) => `  ${name}.md ${fault}.`));
    return (values) => [
      { role: 'system', content: fill(system, values) },
      { role: 'user', content: fill(user, values) },
    ];
  };
  const prompts = {
    answer: parse('answer'),
    correct: parse('correct'),
    condense: parse('condense'),
    translate: parse('translate'),
  };
  if (faults.length === 0) return prompts;
  throw new IbidError('config_invalid', `The prompts are faulty:\n${faults.join('\n')}`);
}

interface Parts {
  readonly system?: string;
  readonly user?: string;
  readonly faults: readonly string[];
}

function partsOf(file: string, variables: readonly string[]): Parts {
  const text = file.replace(/\r\n?/g, '\n').replace(/<!--[\s\S]*?-->/g, '');
  const match = /^\s*# System[ \t]*\n([\s\S]*?)\n# User[ \t]*\n([\s\S]*)$/.exec(text);
  const [, system = '', user = ''] = match ?? [];
  if (system.trim() === '' || user.trim() === '' || /^# (?:System|User)[ \t]*$/m.test(`${system}\n${user}`))
    return { faults: ['must have a part "# System" and then a part "# User", once each, and text in both'] };
  const used = new Set([...`${system}${user}`.matchAll(VARIABLE)].map(([, name = '']) => name));
  return {
    system: system.trim(),
    user: user.trim(),
    faults: [
      ...variables.filter((name) => !used.has(name)).map((name) => `lacks {{${name}}}`),
      ...[...used]
        .filter((name) => !variables.includes(name))
        .map((name) => `has {{${name}}}; it knows ${variables.map((one) => `{{${one}}}`).join(', ')}`),
    ],
  };
}

const VARIABLE = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** In one go: a value that looks like a variable stays as it is. */
function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(VARIABLE, (_, name: string) => values[name] ?? '');
}
