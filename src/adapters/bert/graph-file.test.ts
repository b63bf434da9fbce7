import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Precision } from './bert-encoder.ts';
import { checksum, isGraphWhole } from './graph-checksum.mjs';
import { bertGraphOf, encodeGraphFile, graphPathIn, writeGraphFile } from './graph-file.ts';
import { MINILM } from './minilm-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'ibid-graph-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a change of what is written goes with a new GRAPH_VERSION, so that no old file is taken for it', () => {
  const name = (precision: Precision) =>
    graphPathIn('', MINILM, precision).match(/v\d+(?=-\w{12}\.onnx)/)?.[0];
  const written = (precision: Precision) => [
    name(precision),
    checksum(encodeGraphFile(bertGraphOf(MINILM, precision))),
  ];
  expect(written('fp32')).toEqual(['v3', '3d529da3']);
  expect(written('int8')).toEqual(['v3', '5ce26303']);
});

test('a written graph is whole; one cut short, changed, empty or missing is not', () => {
  const path = join(folder, 'deep', 'graph.onnx');
  expect(isGraphWhole(path)).toBe(false);
  writeGraphFile(path, () => bertGraphOf(MINILM, 'int8'));
  expect(readdirSync(join(folder, 'deep'))).toEqual(['graph.onnx']);
  expect(isGraphWhole(path)).toBe(true);

  const bytes = readFileSync(path);
  bytes[20_000_000] = (bytes[20_000_000] ?? 0) ^ 1;
  writeFileSync(path, bytes);
  expect(isGraphWhole(path)).toBe(false);
  for (const size of [bytes.length - 1, 1_000, 8, 3, 0]) {
    truncateSync(path, size);
    expect(isGraphWhole(path), `${size} bytes`).toBe(false);
  }
});

test('says where the graph cannot be written, and leaves nothing behind', () => {
  const path = join(folder, 'taken.onnx');
  mkdirSync(join(path, 'not-a-file'), { recursive: true });
  expect(() => writeGraphFile(path, () => bertGraphOf(MINILM, 'int8'))).toThrow(
    /taken\.onnx.*choose another folder/,
  );
  expect(readdirSync(folder).filter((name) => name.startsWith('taken'))).toEqual(['taken.onnx']);
});
