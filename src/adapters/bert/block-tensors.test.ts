import { expect, test } from 'vitest';
import { widenBlocks } from './block-tensors.ts';
import { quantiseBlocks } from './quantise-blocks.ts';
import { type StoredTensor, toFloat32 } from './safetensors.ts';

test('gives back the matrix that was kept in blocks, and passes what was not', () => {
  const weights = Float32Array.from({ length: 64 }, (_, index) => (index % 7) - 3 + index / 64);
  const { values, scales } = quantiseBlocks(weights, { outputs: 2, inputs: 32, size: 16 });
  const float = (shape: number[], data: Float32Array): StoredTensor => ({
    dtype: 'F32',
    shape,
    bytes: new Uint8Array(data.buffer),
  });
  const bias = float([2], Float32Array.of(1, 2));
  const widened = widenBlocks(
    new Map<string, StoredTensor>([
      ['dense.weight', { dtype: 'U8', shape: [2, 32], bytes: values }],
      ['dense.weight.scales', float([2, 2], scales)],
      ['dense.bias', bias],
    ]),
  );
  expect([...widened.keys()]).toEqual(['dense.weight', 'dense.bias']);
  expect(widened.get('dense.bias')).toBe(bias);
  const matrix = widened.get('dense.weight');
  expect(matrix?.shape).toEqual([2, 32]);
  const restored = matrix ? toFloat32(matrix) : new Float32Array();
  expect(Math.max(...restored.map((value, index) => Math.abs(value - (weights[index] ?? 9))))).toBeLessThan(
    0.03,
  );
  const again = quantiseBlocks(restored, { outputs: 2, inputs: 32, size: 16 });
  expect(again.values, 'rounding what is rounded changes nothing').toEqual(values);
});
