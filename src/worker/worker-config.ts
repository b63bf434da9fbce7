import * as z from 'zod';
import { type Config, parseConfig } from '../config.ts';
import { IbidError } from '../model/errors.ts';

/** What can be set for a Worker alone, as variables of wrangler.toml. */
export interface WorkerSettings {
  /** Embedding model of Workers AI. */
  readonly embeddingModel: string;
  /** Separates the vectors of corpora that share a Vectorize index. */
  readonly corpus: string;
}

const Variables = z.object({
  IBID_WORKERS_EMBEDDINGS: z.string().default('@cf/baai/bge-small-en-v1.5'),
  IBID_CORPUS: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, dashes or underscores')
    .default('default'),
});

/** Reads variables and secrets from among the bindings; throws one `config_invalid`. */
export function readWorkerConfig(env: object): {
  readonly config: Config;
  readonly settings: WorkerSettings;
} {
  const texts = Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
    ),
  );
  const parsed = Variables.safeParse(texts);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')} ${message}.`);
    throw new IbidError('config_invalid', `The settings are faulty:\n${faults.join('\n')}`);
  }
  const { IBID_WORKERS_EMBEDDINGS: embeddingModel, IBID_CORPUS: corpus } = parsed.data;
  return { config: parseConfig(texts), settings: { embeddingModel, corpus } };
}
