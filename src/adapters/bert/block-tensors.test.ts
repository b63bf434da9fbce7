import { expect, test } from 'vitest';
import { widenBlocks } from './block-tensors.ts';
import { type StoredTensor, toFloat32 } from './safetensors.ts';

test('gives back the matrix that was kept in blocks, and passes what was not', () => {
  const float = (shape: number[], data: Float32Array): StoredTensor => ({
    dtype: 'F32',
    shape,
    bytes: new Uint8Array(data.buffer),
  });
  const bias = float([2], Float32Array.of(1, 2));
  // Two rows of two blocks, of two bytes each.
  const bytes = Uint8Array.of(0, 128, 129, 255, 127, 130, 128, 64);
  const widened = widenBlocks(
    new Map<string, StoredTensor>([
      ['dense.weight', { dtype: 'U8', shape: [2, 4], bytes }],
      ['dense.weight.scales', float([2, 2], Float32Array.of(0.5, 2, -1, 0.25))],
      ['dense.bias', bias],
    ]),
  );
  expect([...widened.keys()]).toEqual(['dense.weight', 'dense.bias']);
  expect(widened.get('dense.bias')).toBe(bias);
  const matrix = widened.get('dense.weight');
  expect(matrix?.shape).toEqual([2, 4]);
  expect([...(matrix ? toFloat32(matrix) : [])]).toEqual([-64, 0, 2, 254, 1, -2, 0, -16]);
});
