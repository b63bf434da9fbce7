import { parseArgs } from 'node:util';
import { IbidError, messageOf } from '../src/model/errors.ts';
import { type Sizes, sizesOf } from './sizes.ts';

export interface Options {
  readonly sizes: Sizes;
  /** Where the report goes. */
  readonly out: string;
  /** A folder of real text in BEIR layout. */
  readonly dataPath?: string;
}

/** What the command line and the environment ask for. Throws `bad_request` for what it does not know. */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): Options {
  const { scale, out } = parse(args);
  const dataPath = environment.IBID_BENCH_DATA;
  return {
    sizes: sizesOf(scale),
    out: out ?? (scale === 'tiny' ? '.cache/bench/tiny' : 'bench'),
    ...(dataPath ? { dataPath } : {}),
  };
}

function parse(args: readonly string[]): { scale: Sizes['scale']; out: string | undefined } {
  const { values } = attempt(() =>
    parseArgs({
      args: [...args],
      options: { quick: { type: 'boolean' }, scale: { type: 'string' }, out: { type: 'string' } },
    }),
  );
  const scale = values.scale ?? (values.quick ? 'quick' : 'full');
  if (scale !== 'full' && scale !== 'quick' && scale !== 'tiny') throw unknown(`--scale ${scale}`);
  return { scale, out: values.out };
}

function attempt<Value>(work: () => Value): Value {
  try {
    return work();
  } catch (cause) {
    throw unknown(messageOf(cause), cause);
  }
}

function unknown(what: string, cause?: unknown): IbidError {
  return new IbidError(
    'bad_request',
    `Not understood: ${what}. Use \`npm run bench -- [--quick | --scale full|quick|tiny] [--out FOLDER]\`.`,
    { cause },
  );
}
