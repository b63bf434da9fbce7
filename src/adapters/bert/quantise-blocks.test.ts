import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantiseBlocks } from './quantise-blocks.ts';

test('keeps every weight within a step of its block, whatever the width of the matrix', () => {
  const shape = fc.record({
    outputs: fc.integer({ min: 1, max: 4 }),
    inputs: fc.integer({ min: 1, max: 40 }),
  });
  fc.assert(
    fc.property(shape, fc.infiniteStream(fc.float({ min: -1, max: 1, noNaN: true })), (sizes, stream) => {
      const { outputs, inputs } = sizes;
      const weights = Float32Array.from({ length: outputs * inputs }, () => stream.next().value as number);
      const size = 16;
      const { values, scales } = quantiseBlocks(weights, { outputs, inputs, size });
      const blocks = Math.ceil(inputs / size);
      expect(values).toHaveLength(outputs * blocks * size);
      weights.forEach((weight, index) => {
        const block = Math.floor(index / inputs) * blocks + Math.floor((index % inputs) / size);
        const byte = values[block * size + ((index % inputs) % size)] ?? Number.NaN;
        const scale = scales[block] ?? Number.NaN;
        expect(Math.abs((byte - 128) * scale - weight)).toBeLessThanOrEqual(Math.abs(scale) * 1.01 + 1e-30);
      });
    }),
    { numRuns: 50 },
  );
});
