import { IbidError } from '../../model/errors.ts';
import { parseJsonObject } from './json-object.ts';
import type { Pooling } from './onnx-messages.ts';

/** Modes as the pooling's config.json spells them: with a switch each or, in newer versions, in one word. */
const POOLINGS: ReadonlyMap<string, Pooling> = new Map([
  ['pooling_mode_mean_tokens', 'mean'],
  ['pooling_mode_cls_token', 'cls'],
  ['mean', 'mean'],
  ['cls', 'cls'],
]);

/** Reads the config.json of a sentence-transformers pooling module. Throws `config_invalid` for any but mean and CLS. */
export function parsePooling(json: string, name: string): Pooling {
  const config = parseJsonObject(json, name);
  const modes = Object.keys(config).filter((key) => /^pooling_mode_/.test(key) && config[key] === true);
  if (typeof config.pooling_mode === 'string') modes.push(config.pooling_mode);
  const [mode = 'none', second] = modes;
  const pooling = POOLINGS.get(mode);
  if (pooling === undefined || second !== undefined) throw unsupported(name, modes.join(' and ') || mode);
  // It would leave the prefix out of the mean.
  if (pooling === 'mean' && config.include_prompt === false) throw unsupported(name, 'include_prompt false');
  return pooling;
}

function unsupported(name: string, what: string): IbidError {
  return new IbidError(
    'config_invalid',
    `The embedding model's ${name} asks for ${what}; supported are the mean of all tokens and the CLS token. Choose such a model.`,
  );
}
