import { type Command, InvalidArgumentError } from 'commander';
import { encodeHit } from '../../http/encoders/json.ts';
import { IbidError } from '../../model/errors.ts';
import { type CliContext, coloursFor, printJson } from '../context.ts';
import { withIndex } from '../open-index.ts';
import { printableLine } from '../printable.ts';
import { renderHit } from '../render-answer.ts';

interface Options {
  readonly limit: number;
  readonly json?: boolean;
}

/** `ibid search`: the best passages, without an answer. */
export function addSearchCommand(program: Command, context: CliContext): void {
  program
    .command('search')
    .description('list the best passages, without an answer')
    .argument('<query>', 'what to look for')
    .option('--limit <number>', 'passages to list, 1 to 50', parseLimit, 10)
    .option('--json', 'print what POST /v1/search replies')
    .action((query: string, options: Options) => search(query, options, context));
}

async function search(query: string, { limit, json = false }: Options, context: CliContext): Promise<void> {
  if (query.trim() === '') throw new IbidError('bad_request', 'The query is empty. Name what to look for.');
  const { hits, degraded } = await withIndex(context, (ibid) => ibid.search({ query, limit }));
  if (json) {
    return printJson(context, { hits: hits.map(encodeHit), ...(degraded === undefined ? {} : { degraded }) });
  }
  const colours = coloursFor(context.stdout);
  const found = hits.map((hit) => `${renderHit(hit, colours)}\n\n`).join('');
  context.stdout.write(found === '' ? 'Nothing was found.\n' : found);
  if (degraded !== undefined) context.stderr.write(`Degraded: ${printableLine(degraded)}\n`);
}

function parseLimit(value: string): number {
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1 || limit > 50) {
    throw new InvalidArgumentError('It must be a whole number from 1 to 50.');
  }
  return limit;
}
