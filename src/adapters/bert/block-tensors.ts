import { type StoredTensor, toFloat32 } from './safetensors.ts';

/** Ends the name of the tensor that holds a matrix's scales. */
const SCALES = '.scales';
/** What stands for 0 in an unsigned byte. */
const ZERO = 128;

/**
 * Widens the matrices of a weights file that are kept as bytes, a scale for each few inputs beside them: `NAME`, U8
 * `[outputs, inputs]`, with `NAME.scales`, F16 `[outputs, blocks]`: each byte less 128, times its block's scale, is the weight
 * (training/export.py). Other tensors pass.
 */
export function widenBlocks(tensors: ReadonlyMap<string, StoredTensor>): Map<string, StoredTensor> {
  const widened = new Map<string, StoredTensor>();
  for (const [name, tensor] of tensors) {
    if (name.endsWith(SCALES)) continue;
    const scales = tensors.get(name + SCALES);
    widened.set(name, scales ? widen(tensor, toFloat32(scales)) : tensor);
  }
  return widened;
}

function widen({ shape, bytes }: StoredTensor, scales: Float32Array): StoredTensor {
  const size = bytes.length / scales.length;
  const values = new Float32Array(bytes.length);
  for (let block = 0; block < scales.length; block++) {
    const scale = scales[block] ?? 0;
    for (let index = block * size; index < (block + 1) * size; index++)
      values[index] = ((bytes[index] ?? ZERO) - ZERO) * scale;
  }
  return { dtype: 'F32', shape, bytes: new Uint8Array(values.buffer) };
}
