import type { Command } from 'commander';
import { createSlackWebApi } from '../../adapters/slack/web-api.ts';
import { DEFAULT_LIMITS } from '../../http/dependencies.ts';
import { IbidError } from '../../model/errors.ts';
import { checkSetup } from '../../slack/check-setup.ts';
import { type CliContext, coloursFor, configOf, printJson } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { printableLine } from '../printable.ts';

/** `ibid slack check`: whether Slack takes the tokens, and what is missing. */
export function addSlackCommand(program: Command, context: CliContext): void {
  program
    .command('slack')
    .description('the Slack bot')
    .command('check')
    .description('test the tokens and scopes of the Slack bot, and say what is missing')
    .option('--json', 'print it as JSON')
    .action((options: { readonly json?: boolean }) => check(options.json ?? false, context));
}

async function check(json: boolean, context: CliContext): Promise<void> {
  const { slack } = configOf(context);
  if (slack === undefined) {
    throw new IbidError(
      'config_invalid',
      'Slack is not set up: set SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN. docs/slack.md tells where to find them.',
    );
  }
  const { apiUrl, ...settings } = slack;
  const api = createSlackWebApi(apiUrl === undefined ? {} : { apiUrl });
  const findings = await checkSetup(api, { ...settings, maxQuestionChars: DEFAULT_LIMITS.maxQuestionChars });
  const missing = findings.filter(({ ok }) => !ok).length;
  if (json) printJson(context, { ok: missing === 0, findings });
  else {
    const { green, red } = coloursFor(context.stdout);
    for (const { ok, subject, message } of findings)
      context.stdout.write(`${ok ? green('✓') : red('✗')} ${subject}: ${printableLine(message)}\n`);
    const end = missing === 0 ? 'All is as it should be.' : `${missing} to be put right.`;
    context.stdout.write(`\n${end}\n`);
  }
  if (missing > 0) context.setExitCode(EXIT.failure);
}
