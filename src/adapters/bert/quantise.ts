/** Largest magnitude of a symmetric int8. */
const LIMIT = 127;

export interface QuantisedMatrix {
  /** `[inputs, outputs]`, row by row. */
  readonly values: Int8Array;
  /** One for each output; `values × scale` is near the weight. */
  readonly scales: Float32Array;
}

/** Rounds a weight matrix, stored `[outputs, inputs]`, to symmetric int8 with one scale an output, transposed. */
export function quantise(weights: Float32Array, outputs: number, inputs: number): QuantisedMatrix {
  const values = new Int8Array(outputs * inputs);
  const scales = new Float32Array(outputs);
  for (let output = 0; output < outputs; output++) {
    const row = weights.subarray(output * inputs, (output + 1) * inputs);
    const peak = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const scale = peak / LIMIT || 1;
    scales[output] = scale;
    for (let input = 0; input < inputs; input++)
      values[input * outputs + output] = Math.round((row[input] ?? 0) / scale);
  }
  return { values, scales };
}
