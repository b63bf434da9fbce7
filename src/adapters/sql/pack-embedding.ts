import type { PassageEmbedding } from '../../ports/embedder.ts';

/** An embedding as it is stored: the passage's vector in float32, its sentences' in one byte a number. */
export interface PackedEmbedding {
  readonly vector: Uint8Array;
  readonly sentences: Uint8Array;
}

const LARGEST = 127;

/**
 * Packs an embedding. The sentence part holds one float32 scale for each sentence, then their int8 numbers:
 * a number is its byte times the scale, at most half a scale off. All in the byte order of the machine,
 * little-endian wherever this runs.
 */
export function packEmbedding({ vector, sentenceVectors }: PassageEmbedding): PackedEmbedding {
  const dimensions = vector.length;
  const count = sentenceVectors.length;
  const packed = new ArrayBuffer(count * (4 + dimensions));
  const scales = new Float32Array(packed, 0, count);
  const bytes = new Int8Array(packed, count * 4);
  for (const [index, sentence] of sentenceVectors.entries()) {
    const scale = sentence.reduce((most, number) => Math.max(most, Math.abs(number)), 0) / LARGEST;
    scales[index] = scale;
    const offset = index * dimensions;
    for (let i = 0; i < dimensions; i++) {
      bytes[offset + i] = scale === 0 ? 0 : Math.round((sentence[i] ?? 0) / scale);
    }
  }
  return {
    vector: new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength),
    sentences: new Uint8Array(packed),
  };
}

/** The embedding back from its two blobs; sentence vectors share one array. */
export function unpackEmbedding(vectorBlob: ArrayBuffer, sentencesBlob: ArrayBuffer): PassageEmbedding {
  const vector = unpackVector(vectorBlob);
  const dimensions = vector.length;
  const count = sentencesBlob.byteLength / (4 + dimensions);
  const scales = new Float32Array(sentencesBlob, 0, count);
  const bytes = new Int8Array(sentencesBlob, count * 4);
  const numbers = new Float32Array(count * dimensions);
  const sentenceVectors: Float32Array[] = [];
  for (let index = 0; index < count; index++) {
    const scale = scales[index] as number;
    const end = (index + 1) * dimensions;
    for (let i = index * dimensions; i < end; i++) numbers[i] = (bytes[i] as number) * scale;
    sentenceVectors.push(numbers.subarray(index * dimensions, end));
  }
  return { vector, sentenceVectors };
}

export function unpackVector(blob: ArrayBuffer): Float32Array {
  return new Float32Array(blob);
}
