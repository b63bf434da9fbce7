import type { Command } from 'commander';
import { readStatus } from '../../node.ts';
import { type CliContext, configOf, printJson } from '../context.ts';

/** `ibid status`: what the index holds and what made it. */
export function addStatusCommand(program: Command, context: CliContext): void {
  program
    .command('status')
    .description('show what the index holds and what made it')
    .option('--json', 'print it as JSON')
    .action((options: { readonly json?: boolean }) => status(options.json ?? false, context));
}

async function status(json: boolean, context: CliContext): Promise<void> {
  const config = configOf(context);
  const { manifest, documents, passages, embedderId } = await readStatus(config);
  const place = config.databaseUrl === undefined ? config.data : 'Postgres';
  const fits = manifest === undefined || manifest.embedderId === embedderId;
  if (json) {
    const index = manifest && {
      embedder: manifest.embedderId,
      dimensions: manifest.dimensions,
      pooling: manifest.pooling,
      splitter_version: manifest.splitterVersion,
      generation: manifest.generation,
    };
    printJson(context, { data: place, documents, passages, index: index ?? null, fits });
    return;
  }
  const lines = manifest
    ? [
        `${documents} documents, ${passages} passages in ${place}`,
        `embedder ${manifest.embedderId}, ${manifest.dimensions} dimensions; generation ${manifest.generation}`,
        ...(fits ? [] : [`The settings name ${embedderId}: run \`npx ibid ingest --rebuild\`.`]),
      ]
    : [`Nothing is indexed in ${place} yet. Run \`npx ibid ingest\`.`];
  context.stdout.write(`${lines.join('\n')}\n`);
}
