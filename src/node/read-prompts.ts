import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROMPT_VARIABLES, type PromptName, type Prompts, parsePrompts } from '../ask/generate/prompts.ts';
import { IbidError } from '../model/errors.ts';
import { packageFolder } from './package-folder.ts';

const NAMES = Object.keys(PROMPT_VARIABLES) as PromptName[];

/**
 * The prompts of `folder`, and for those that it does not have Ibid's own. Rejects with `config_invalid` when the folder
 * cannot be read, has a file that is no prompt, or a prompt is faulty.
 */
export async function readPrompts(folder: string | undefined): Promise<Prompts> {
  const own = folder === undefined ? [] : await promptsIn(folder);
  const texts = await Promise.all(
    NAMES.map((name) => {
      const place =
        folder !== undefined && own.includes(`${name}.md`) ? folder : join(packageFolder(), 'prompts');
      return readFile(join(place, `${name}.md`), 'utf8');
    }),
  );
  return parsePrompts(
    Object.fromEntries(NAMES.map((name, i) => [name, texts[i] ?? ''])) as Record<PromptName, string>,
  );
}

async function promptsIn(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch((cause: unknown) => {
    throw new IbidError('config_invalid', `IBID_PROMPTS: the folder ${folder} cannot be read. Correct it.`, {
      cause,
    });
  });
  const prompts = files.filter((file) => file.endsWith('.md') && file !== 'README.md');
  const unknown = prompts.filter((file) => !NAMES.some((name) => file === `${name}.md`));
  if (unknown.length === 0) return prompts;
  const known = NAMES.map((name) => `${name}.md`).join(', ');
  throw new IbidError(
    'config_invalid',
    `IBID_PROMPTS: ${unknown.join(', ')} is no prompt. There are ${known}.`,
  );
}
