import { readFileSync } from 'node:fs';
import { IbidError } from '../../model/errors.ts';
import { widenBlocks } from './block-tensors.ts';
import {
  type ClosableCrossEncoder,
  type CrossEncoderModel,
  type CrossEncoderOptions,
  createCrossEncoder,
} from './cross-encoder.ts';
import { assertWeights } from './graph-file.ts';
import { MINILM } from './minilm-model.ts';
import { readSafetensors } from './safetensors.ts';

const WEIGHTS = new URL('./weights/cross-encoder.safetensors', import.meta.url);
const WORDS = 'embeddings.word_embeddings.weight';
/** Positions that its weights hold. */
const POSITIONS = 256;

/**
 * all-MiniLM-L6-v2 trained on to read a question and a text together; training/README.md says on what. It shares the
 * word vectors of the installed package, so that its own file holds the layers only.
 */
const MINILM_CROSS_ENCODER: CrossEncoderModel = {
  identity: 'minilm-l6-cross-encoder',
  maxTokens: POSITIONS,
  weightsSha256: '8d5eb4335e8d08c011f28900e33ce019ff22d888c40ab9e8ee19209467d52a17',
  readConfig: () => ({ ...MINILM.readConfig(), max_position_embeddings: POSITIONS }),
  readTokenizer: MINILM.readTokenizer,
  readWeights() {
    const file = readWeightsFile();
    assertWeights(file, MINILM_CROSS_ENCODER.weightsSha256);
    const weights = widenBlocks(readSafetensors(file));
    const words = readSafetensors(MINILM.readWeights()).get(WORDS);
    return words ? weights.set(WORDS, words) : weights;
  },
};

/** The embedded cross-encoder: questions against passages, claims against quotes. */
export function createMiniLmCrossEncoder(options: Omit<CrossEncoderOptions, 'model'>): ClosableCrossEncoder {
  return createCrossEncoder({ ...options, model: MINILM_CROSS_ENCODER });
}

function readWeightsFile(): Uint8Array {
  try {
    return readFileSync(WEIGHTS);
  } catch (cause) {
    const message = `The cross-encoder's file ${WEIGHTS.pathname} cannot be read. Get the release again.`;
    throw new IbidError('embedder_failed', message, { cause });
  }
}
