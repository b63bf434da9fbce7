import type { Command } from 'commander';
import { describeConfig, parseConfig } from '../../config.ts';
import { type CliContext, coloursFor, printJson } from '../context.ts';
import { printableLine } from '../printable.ts';

/** `ibid config`: each setting, its value and where the value comes from; then its faults. */
export function addConfigCommand(program: Command, context: CliContext): void {
  program
    .command('config')
    .description('show each setting, its value and where it comes from; secrets are hidden')
    .option('--json', 'print it as JSON')
    .action((options: { readonly json?: boolean }) => showConfig(options.json ?? false, context));
}

function showConfig(json: boolean, context: CliContext): void {
  const settings = describeConfig(context.environment);
  if (json) {
    printJson(
      context,
      settings.map(({ name, value, source, description }) => ({
        name,
        value: value ?? null,
        source,
        description,
      })),
    );
  } else {
    const { bold, dim } = coloursFor(context.stdout);
    for (const { name, value = '–', source, description } of settings) {
      context.stdout.write(
        `${bold(name)} = ${printableLine(value)} ${dim(`(${source})`)}\n    ${description}\n`,
      );
    }
  }
  parseConfig(context.environment);
}
