import { createHash, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { IbidError } from '../../model/errors.ts';
import { parseBertConfig } from './bert-config.ts';
import { type Precision, writeBertGraph } from './bert-graph.ts';
import { checksum } from './graph-checksum.mjs';
import { readMiniLmFile, WEIGHTS_SHA256 } from './minilm-files.ts';
import { encodeMetadata, encodeOnnxModel } from './onnx-model.ts';
import type { Encoded } from './protobuf.ts';
import { readSafetensors } from './safetensors.ts';

/** Goes up with every change of the graph writer that changes what it writes; a test says when. */
const GRAPH_VERSION = 1;

/** Where the graph of this precision, version and weights lies. */
export function graphPathIn(cacheDirectory: string, precision: Precision): string {
  return join(cacheDirectory, `minilm-${precision}-v${GRAPH_VERSION}-${WEIGHTS_SHA256.slice(0, 12)}.onnx`);
}

/**
 * Writes the ONNX graph to `path`, aside and then renamed, so that no reader sees half of it. Takes about a second.
 * Throws `embedder_failed` when the weights are not the pinned ones or the folder cannot be written.
 */
export function writeGraphFile(path: string, precision: Precision): void {
  const parts = encodeGraphFile(precision);
  const aside = `${path}.${randomUUID()}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeParts(aside, parts);
    renameSync(aside, path);
  } catch (cause) {
    rmSync(aside, { force: true });
    throw new IbidError(
      'embedder_failed',
      `The embedding model cannot be written to ${path}. Make room there, or choose another folder for the data.`,
      { cause },
    );
  }
}

/** The whole file: an ONNX model whose last eight bytes are the checksum of those before, as metadata. */
export function encodeGraphFile(precision: Precision): Encoded {
  const weights = readMiniLmFile('weights');
  if (createHash('sha256').update(weights).digest('hex') !== WEIGHTS_SHA256)
    throw new IbidError(
      'embedder_failed',
      'The weights of the embedding model are not those that Ibid knows. Install them again with `npm ci`.',
    );
  const config = parseBertConfig(readMiniLmFile('config').toString('utf8'));
  const model = encodeOnnxModel(writeBertGraph(config, readSafetensors(weights), precision));
  const parts = [...model, ...encodeMetadata('crc32', '00000000')];
  // The last piece is the value itself, which can be known only after all before it.
  const signed = parts.slice(0, -1);
  return [...signed, new TextEncoder().encode(checksum(signed))];
}

function writeParts(path: string, parts: Encoded): void {
  const file = openSync(path, 'wx');
  try {
    for (const part of parts) writeWhole(file, part);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let offset = 0; offset < bytes.byteLength; ) offset += writeSync(file, bytes, offset);
}
