import { unpackVector } from '../sql/pack-embedding.ts';
import type { Centre } from './centre.ts';
import type { D1Database } from './d1-database.ts';

/** What was found of a model is kept in D1, so that all Workers take the same away; the first one to find it counts. */
export function createD1Centre({
  read,
  batch,
}: D1Database): (model: string, find: () => Promise<Centre>) => Promise<Centre> {
  const kept = async (model: string): Promise<Centre | undefined> => {
    const [row] = await read('SELECT passages, questions FROM centres WHERE model = ?1', [model]);
    if (row === undefined) return undefined;
    const { passages, questions } = row;
    return {
      passages: unpackVector(passages as ArrayBuffer),
      questions: unpackVector(questions as ArrayBuffer),
    };
  };
  return async (model, find) => {
    const known = await kept(model);
    if (known) return known;
    const { passages, questions } = await find();
    const args = [model, bytesOf(passages), bytesOf(questions)];
    await batch([['INSERT OR IGNORE INTO centres (model, passages, questions) VALUES (?1, ?2, ?3)', args]]);
    return (await kept(model)) ?? { passages, questions };
  };
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
