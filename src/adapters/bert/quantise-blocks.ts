/** What stands for 0 in an unsigned byte. */
const ZERO = 128;

export interface BlockQuantisedMatrix {
  /** `[outputs, blocks, size]`: each byte less 128, times its block's scale, is near the weight. */
  readonly values: Uint8Array;
  /** `[outputs, blocks]`. */
  readonly scales: Float32Array;
}

/**
 * Rounds a weight matrix, stored `[outputs, inputs]`, to bytes with a scale for each `size` inputs, as ONNX Runtime's
 * MatMulNBits takes it (https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md). The end of a row
 * that does not fill its block is filled up with zeros.
 */
export function quantiseBlocks(
  weights: Float32Array,
  { outputs, inputs, size }: { outputs: number; inputs: number; size: number },
): BlockQuantisedMatrix {
  const blocks = Math.ceil(inputs / size);
  const values = new Uint8Array(outputs * blocks * size).fill(ZERO);
  const scales = new Float32Array(outputs * blocks);
  for (let block = 0; block < outputs * blocks; block++) {
    const first = Math.floor(block / blocks) * inputs + (block % blocks) * size;
    const last = Math.min(first + size, (Math.floor(block / blocks) + 1) * inputs);
    const scale = scaleOf(weights.subarray(first, last));
    scales[block] = scale;
    for (let index = first; index < last; index++) {
      const rounded = Math.round((weights[index] ?? 0) / scale) + ZERO;
      values[block * size + index - first] = Math.min(255, rounded);
    }
  }
  return { values, scales };
}

/** The weight farthest from 0 becomes -128, so that the whole range is used. */
function scaleOf(weights: Float32Array): number {
  let peak = 0;
  for (const weight of weights) if (Math.abs(weight) > Math.abs(peak)) peak = weight;
  return peak / -ZERO || 1;
}
