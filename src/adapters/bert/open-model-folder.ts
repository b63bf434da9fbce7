import { createHash } from 'node:crypto';
import { basename, dirname, resolve } from 'node:path';
import { IbidError } from '../../model/errors.ts';
import { parseBertConfig } from './bert-config.ts';
import type { BertModel } from './bert-model.ts';
import { parseJsonObject } from './json-object.ts';
import { createModelFolder, type ModelFolder } from './model-folder.ts';
import { readLayout } from './model-layout.ts';
import { parsePooling } from './pooling.ts';
import { prefixesOf } from './prefixes.ts';
import { parseTokenizer } from './word-pieces.ts';

/**
 * Opens a sentence-embedding model of the BERT family in the layout of sentence-transformers
 * (https://sbert.net/docs/package_reference/sentence_transformer/models.html). Reads the weights once, to hash them.
 * Throws `config_invalid`, saying what is expected, when a file is missing or the model is of another kind.
 */
export function openModelFolder(path: string): BertModel {
  const folder = createModelFolder(path);
  const { transformer, pooling: poolingFolder } = readLayout(folder);
  const configText = folder.readText(`${transformer}config.json`);
  const config = parseBertConfig(configText);
  const tokenizer = folder.readText(`${transformer}tokenizer.json`);
  parseTokenizer(tokenizer);
  const poolingFile = `${poolingFolder}config.json`;
  const pooling = parsePooling(folder.readText(poolingFile), poolingFile);
  const weights = `${transformer}model.safetensors`;
  assertOneFile(folder, weights);
  const name = nameOf(path);
  const vectorsDependOn = {
    config,
    tokenizer,
    pooling,
    maxTokens: readMaxTokens(folder, transformer, config.max_position_embeddings),
    prefixes: prefixesOf(readObject(folder, 'config_sentence_transformers.json'), [
      name,
      String(parseJsonObject(configText, 'config.json')._name_or_path ?? ''),
    ]),
    weightsSha256: folder.hash(weights),
  };
  const { maxTokens, prefixes, weightsSha256 } = vectorsDependOn;
  const fingerprint = createHash('sha256').update(JSON.stringify(vectorsDependOn)).digest('hex').slice(0, 12);
  return {
    identity: `${name.replace(/[^\w.-]+/g, '-')}/${pooling}/${fingerprint}`,
    dimensions: config.hidden_size,
    maxTokens,
    pooling,
    prefixes,
    weightsSha256,
    readConfig: () => config,
    readTokenizer: () => tokenizer,
    readWeights: () => folder.readBytes(weights),
  };
}

function assertOneFile(folder: ModelFolder, weights: string): void {
  if (folder.has(weights) || !folder.has(`${weights}.index.json`)) return;
  throw new IbidError(
    'config_invalid',
    `The embedding model's weights lie in several files; Ibid reads them from one. Save them as one ${weights} or choose a model that comes so.`,
  );
}

/** The shorter of what the positions allow and what the model was made for. */
function readMaxTokens(folder: ModelFolder, transformer: string, positions: number): number {
  const { max_seq_length: own } = readObject(folder, `${transformer}sentence_bert_config.json`);
  return typeof own === 'number' && own > 2 ? Math.min(Math.floor(own), positions) : positions;
}

function readObject(folder: ModelFolder, name: string): Readonly<Record<string, unknown>> {
  return parseJsonObject(folder.readTextIfThere(name) ?? '{}', name);
}

/** The folder's name; in Hugging Face's cache, where folders are named after commits, the model's. */
function nameOf(path: string): string {
  const whole = resolve(path);
  const cached = /^models--(?:.+--)?(.+)$/.exec(basename(dirname(dirname(whole))))?.[1];
  return basename(dirname(whole)) === 'snapshots' && cached !== undefined ? cached : basename(whole);
}
