import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseBertConfig } from '../../src/adapters/bert/bert-config.ts';
import { readMiniLmFile } from '../../src/adapters/bert/minilm-files.ts';
import { encodeOnnxModel } from '../../src/adapters/bert/onnx-model.ts';
import type { Encoded } from '../../src/adapters/bert/protobuf.ts';
import { readSafetensors } from '../../src/adapters/bert/safetensors.ts';
import { writeTransformersGraph } from './transformers-graph.ts';

/** As the published model has it; goes with Ibid's limit. */
const MAX_TOKENS = 256;
const VERSION = 1;

/**
 * Writes Ibid's MiniLM weights in the layout of files that transformers.js loads, once, and returns the folder.
 * The tokenizer's fixed padding to 128 tokens is left out: it would only cost time.
 */
export function writeTransformersModel(cacheFolder: string): string {
  const folder = join(cacheFolder, `transformers-minilm-v${VERSION}`);
  if (existsSync(folder)) return folder;
  const aside = `${folder}.${process.pid}`;
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(join(aside, 'onnx'), { recursive: true });
  const config = readMiniLmFile('config').toString('utf8');
  const tokenizer: object = JSON.parse(readMiniLmFile('tokenizer').toString('utf8'));
  writeFileSync(join(aside, 'config.json'), config);
  writeFileSync(
    join(aside, 'tokenizer.json'),
    JSON.stringify({ ...tokenizer, padding: null, truncation: null }),
  );
  writeFileSync(
    join(aside, 'tokenizer_config.json'),
    JSON.stringify({
      tokenizer_class: 'BertTokenizer',
      do_lower_case: true,
      model_max_length: MAX_TOKENS,
      cls_token: '[CLS]',
      sep_token: '[SEP]',
      pad_token: '[PAD]',
      unk_token: '[UNK]',
      mask_token: '[MASK]',
    }),
  );
  const graph = writeTransformersGraph(parseBertConfig(config), readSafetensors(readMiniLmFile('weights')));
  writeParts(join(aside, 'onnx', 'model.onnx'), encodeOnnxModel(graph));
  renameSync(aside, folder);
  return folder;
}

function writeParts(path: string, parts: Encoded): void {
  const file = openSync(path, 'w');
  try {
    for (const part of parts) writeSync(file, part);
  } finally {
    closeSync(file);
  }
}
