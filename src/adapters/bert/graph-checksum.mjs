// @ts-check
// Plain JavaScript, because the worker thread needs it too.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/** A graph file ends in the CRC-32, in this many hex digits, of all bytes before them. */
const DIGITS = 8;
const CHUNK_BYTES = 1 << 20;

/**
 * The CRC-32 of all parts, in eight hex digits.
 * @param {Iterable<Uint8Array>} parts
 */
export function checksum(parts) {
  let sum = 0;
  // zlib starts anew at an empty part.
  for (const part of parts) if (part.byteLength > 0) sum = crc32(part, sum);
  return sum.toString(16).padStart(DIGITS, '0');
}

/**
 * Whether the graph file at `path` is there and is as it was written. Reads it in pieces, to keep memory small.
 * @param {string} path
 */
export function isGraphWhole(path) {
  let file;
  try {
    file = openSync(path, 'r');
    const body = fstatSync(file).size - DIGITS;
    if (body <= 0) return false;
    const digits = Buffer.alloc(DIGITS);
    readSync(file, digits, 0, DIGITS, body);
    return digits.toString('latin1') === checksum(readPieces(file, body));
  } catch {
    return false;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/**
 * @param {number} file
 * @param {number} length
 */
function* readPieces(file, length) {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let position = 0;
  while (position < length) {
    const read = readSync(file, buffer, 0, Math.min(CHUNK_BYTES, length - position), position);
    if (read === 0) return;
    yield buffer.subarray(0, read);
    position += read;
  }
}
