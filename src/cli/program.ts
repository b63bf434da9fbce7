import { Command } from 'commander';
import { addAskCommand } from './commands/ask.ts';
import { addChatCommand } from './commands/chat.ts';
import { addConfigCommand } from './commands/config.ts';
import { addEvalCommand } from './commands/eval.ts';
import { addExportCommand } from './commands/export.ts';
import { addImportCommand } from './commands/import.ts';
import { addIngestCommand } from './commands/ingest.ts';
import { addMcpCommand } from './commands/mcp.ts';
import { addSearchCommand } from './commands/search.ts';
import { addServeCommand } from './commands/serve.ts';
import { addSlackCommand } from './commands/slack.ts';
import { addStatusCommand } from './commands/status.ts';
import type { CliContext } from './context.ts';
import { EXIT_CODES_HELP } from './exit-codes.ts';

const COMMANDS = [
  addIngestCommand,
  addAskCommand,
  addChatCommand,
  addSearchCommand,
  addServeCommand,
  addMcpCommand,
  addSlackCommand,
  addExportCommand,
  addImportCommand,
  addStatusCommand,
  addConfigCommand,
  addEvalCommand,
];

/** The command line. It throws commander's errors in place of ending the process. */
export function createProgram(context: CliContext, version: string): Command {
  const program = new Command('ibid')
    .description('Answers questions from your documents, with a verbatim quote behind every sentence.')
    .version(version)
    .showHelpAfterError('(--help shows what there is)')
    .addHelpText('after', EXIT_CODES_HELP)
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
    })
    .exitOverride();
  for (const add of COMMANDS) add(program, context);
  // Commands made above do not inherit what was set before them.
  for (const command of program.commands)
    command.copyInheritedSettings(program).addHelpText('after', EXIT_CODES_HELP);
  return program;
}
