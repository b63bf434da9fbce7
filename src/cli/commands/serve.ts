import { once } from 'node:events';
import type { Command } from 'commander';
import { createLog } from '../../node/log.ts';
import { type CliContext, configOf, printJson } from '../context.ts';

/** `ibid serve`: the HTTP server, until SIGINT or SIGTERM. */
export function addServeCommand(program: Command, context: CliContext): void {
  program
    .command('serve')
    .description('serve over HTTP, bringing the index up to date with IBID_DOCUMENTS meanwhile')
    .option('--json', 'print the address and the log as JSON lines')
    .action((options: { readonly json?: boolean }) => serveUntilStopped(options.json ?? false, context));
}

async function serveUntilStopped(json: boolean, context: CliContext): Promise<void> {
  const { stdout, stderr, signal } = context;
  const config = configOf(context);
  const log = createLog({
    level: config.log,
    json,
    write: (line) => stderr.write(line),
    now: () => new Date(),
  });
  const { serve } = await import('../../node/serve.ts');
  const server = await serve(config, log);
  if (json) printJson(context, { url: server.url });
  else stdout.write(`Ibid answers at ${server.url}\n`);
  if (!signal.aborted) await once(signal, 'abort');
  await server.close();
}
