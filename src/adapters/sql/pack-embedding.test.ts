import { expect, test } from 'vitest';
import { sampleVector } from '../../testing/sample-index.ts';
import { packEmbedding, unpackEmbedding } from './pack-embedding.ts';

const DIMENSIONS = 384;

function roundTrip(vector: Float32Array, sentenceVectors: readonly Float32Array[]) {
  const packed = packEmbedding({ vector, sentenceVectors });
  return unpackEmbedding(packed.vector.slice().buffer, packed.sentences.slice().buffer as ArrayBuffer);
}

test('A vector comes back bit for bit', () => {
  const vector = sampleVector(1, DIMENSIONS);
  expect(roundTrip(vector, []).vector).toEqual(vector);
  expect(roundTrip(vector, []).sentenceVectors).toEqual([]);
});

test('Similarities to a sentence vector of one byte a number are less than 0.002 off', () => {
  const sentences = Array.from({ length: 50 }, (_, at) => sampleVector(at, DIMENSIONS));
  const back = roundTrip(sampleVector(0, DIMENSIONS), sentences).sentenceVectors;
  expect(back).toHaveLength(50);
  const queries = Array.from({ length: 40 }, (_, at) => sampleVector(1_000 + at, DIMENSIONS));
  for (const [at, sentence] of sentences.entries()) {
    for (const query of [...queries, sentence]) {
      expect(Math.abs(dot(query, sentence) - dot(query, back[at]))).toBeLessThan(0.002);
    }
  }
});

test('A sentence vector of zeros stays one', () => {
  const zeros = new Float32Array(DIMENSIONS);
  expect(roundTrip(sampleVector(1, DIMENSIONS), [zeros]).sentenceVectors).toEqual([zeros]);
});

function dot(a: Float32Array, b: Float32Array | undefined): number {
  return a.reduce((sum, number, at) => sum + number * (b?.[at] ?? Number.NaN), 0);
}
