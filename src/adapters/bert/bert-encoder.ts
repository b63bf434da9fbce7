import { IbidError } from '../../model/errors.ts';
import type { BertConfig } from './bert-config.ts';
import { createGraphBuilder, type GraphBuilder } from './graph-builder.ts';
import { ElementType } from './onnx-model.ts';
import { quantise } from './quantise.ts';
import { type StoredTensor, toFloat32 } from './safetensors.ts';

/**
 * How weights are kept and multiplied. `fp32` is exact. `int8` has a scale for each output and rounds what it multiplies
 * too.
 */
export type Precision = 'fp32' | 'int8';

interface Writer {
  readonly config: BertConfig;
  readonly precision: Precision;
  readonly graph: GraphBuilder;
  /** Names the value that holds `[texts, length]`. */
  readonly shape: string;
  /** A tensor of the weights file by name; its shape must be this one. */
  readonly stored: (name: string, shape: readonly number[]) => StoredTensor;
}

/** An encoder written into a graph, for a head to be put on. */
export interface EncodedBert {
  readonly graph: GraphBuilder;
  /** Names the states of all tokens, `[texts × length, hidden]`. */
  readonly hidden: string;
  /** A tensor of the weights file by name; its shape must be this one. */
  readonly stored: Writer['stored'];
}

/**
 * Writes a BERT encoder for texts of one length: without padding it needs no mask. It reads the graph's input `tokens`,
 * int32 `[texts, length]`, special tokens included; with `segmented`, also `segments`, float `[texts, length, 1]`: 1 for
 * tokens of the second type, 0 for the first.
 */
export function writeBertEncoder(
  config: BertConfig,
  weights: ReadonlyMap<string, StoredTensor>,
  { precision, segmented = false }: { precision: Precision; segmented?: boolean },
): EncodedBert {
  const graph = createGraphBuilder();
  const stored = storedIn(weights);
  const writer = { config, precision, graph, stored, shape: graph.add('Shape', ['tokens']) };
  let hidden = writeEmbeddings(writer, segmented);
  for (let layer = 0; layer < config.num_hidden_layers; layer++) hidden = writeLayer(writer, layer, hidden);
  return { graph, hidden, stored };
}

/** Words kept as half floats until they are looked up: the table is half of the model. */
function writeEmbeddings(writer: Writer, segmented: boolean): string {
  const { graph, stored, config } = writer;
  const table = stored('embeddings.word_embeddings.weight', [config.vocab_size, config.hidden_size]);
  const words =
    table.dtype === 'F16'
      ? graph.tensor({ type: ElementType.float16, shape: table.shape, data: table.bytes })
      : graph.floats(toFloat32(table), table.shape);
  const looked = graph.add('Gather', [words, 'tokens']);
  const floats = graph.add('Cast', [looked], { to: { int: ElementType.float } });
  const length = graph.add('Slice', [writer.shape, graph.integers([1]), graph.integers([2])]);
  const positions = graph.add('Slice', [positionTable(writer), graph.integers([0]), length]);
  const placed = graph.add('Add', [floats, positions]);
  const typed = segmented ? graph.add('Add', [placed, writeSegments(writer)]) : placed;
  return writeLayerNorm(writer, 'embeddings.LayerNorm', asRows(writer, typed));
}

/** What a token of the second type has more than one of the first. */
function writeSegments(writer: Writer): string {
  const { graph, config } = writer;
  const width = config.hidden_size;
  const types = typeTable(writer);
  const difference = types.slice(width, 2 * width).map((value, index) => value - (types[index] ?? 0));
  return graph.add('Mul', ['segments', graph.floats(difference, [width])]);
}

function typeTable({ stored, config }: Writer): Float32Array {
  const shape = [config.type_vocab_size, config.hidden_size];
  return toFloat32(stored('embeddings.token_type_embeddings.weight', shape));
}

/** The tokens of all texts one after the other, `[texts × length, hidden]`: a matrix, as products want it. */
function asRows({ graph, config }: Writer, value: string): string {
  return graph.add('Reshape', [value, graph.integers([-1, config.hidden_size])]);
}

/** The first type's vector is added to all positions once: most texts have no other. */
function positionTable(writer: Writer): string {
  const { graph, stored, config } = writer;
  const width = config.hidden_size;
  const shape = [config.max_position_embeddings, width];
  const positions = toFloat32(stored('embeddings.position_embeddings.weight', shape));
  const types = typeTable(writer);
  const summed = positions.map((value, index) => value + (types[index % width] ?? 0));
  return graph.floats(summed, shape);
}

function writeLayer(writer: Writer, layer: number, hidden: string): string {
  const { graph, config } = writer;
  const { hidden_size: size, intermediate_size: wideSize } = config;
  const prefix = `encoder.layer.${layer}`;
  const attended = writeAttention(writer, prefix, hidden);
  const projected = writeDense(
    writer,
    dense(writer, `${prefix}.attention.output.dense`, size, size),
    attended,
  );
  const first = writeLayerNorm(
    writer,
    `${prefix}.attention.output.LayerNorm`,
    graph.add('Add', [projected, hidden]),
  );
  const wide = writeDense(writer, dense(writer, `${prefix}.intermediate.dense`, wideSize, size), first);
  const narrow = writeDense(
    writer,
    dense(writer, `${prefix}.output.dense`, size, wideSize),
    graph.add('Gelu', [wide]),
  );
  return writeLayerNorm(writer, `${prefix}.output.LayerNorm`, graph.add('Add', [narrow, first]));
}

/** Multi-head self-attention; no mask, for there is no padding. */
function writeAttention(writer: Writer, prefix: string, hidden: string): string {
  const { graph, config } = writer;
  const scale = 1 / Math.sqrt(config.hidden_size / config.num_attention_heads);
  const [query, key, value] = writeHeads(writer, `${prefix}.attention.self`, hidden);
  const alike = graph.add('FusedMatMul', [query, key], { transB: { int: 1 }, alpha: { float: scale } });
  const scores = graph.add('Softmax', [alike], { axis: { int: 3 } });
  const mixed = graph.add('MatMul', [scores, value]);
  return asRows(writer, graph.add('Transpose', [mixed], { perm: { ints: [0, 2, 1, 3] } }));
}

/**
 * Query, key and value of each head, `[texts, heads, length, width]`: one product taken apart where bytes are multiplied.
 * Of floats three products are some 2 % faster, for taking apart copies everything once more.
 */
function writeHeads(writer: Writer, prefix: string, hidden: string): [string, string, string] {
  const { graph, config, precision } = writer;
  const { hidden_size: size, num_attention_heads: heads } = config;
  const width = size / heads;
  const part = (which: string) => dense(writer, `${prefix}.${which}`, size, size);
  const shaped = (made: Dense, shape: readonly number[]) => {
    const wanted = graph.add('Concat', [writer.shape, graph.integers(shape)], { axis: { int: 0 } });
    return graph.add('Reshape', [writeDense(writer, made, hidden), wanted]);
  };
  if (precision === 'fp32') {
    const byHead = (which: string) =>
      graph.add('Transpose', [shaped(part(which), [heads, width])], { perm: { ints: [0, 2, 1, 3] } });
    return [byHead('query'), byHead('key'), byHead('value')];
  }
  const joined = join([part('query'), part('key'), part('value')]);
  const perm = { ints: [2, 0, 3, 1, 4] };
  const byHead = graph.add('Transpose', [shaped(joined, [3, heads, width])], { perm });
  const at = (index: number) => graph.add('Gather', [byHead, graph.index(index)], { axis: { int: 0 } });
  return [at(0), at(1), at(2)];
}

interface Dense {
  /** `[outputs, inputs]`. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

function dense({ stored }: Writer, name: string, outputs: number, inputs: number): Dense {
  return {
    weights: toFloat32(stored(`${name}.weight`, [outputs, inputs])),
    bias: toFloat32(stored(`${name}.bias`, [outputs])),
  };
}

function writeDense(writer: Writer, { weights, bias }: Dense, input: string): string {
  const { graph } = writer;
  const outputs = bias.length;
  const inputs = weights.length / outputs;
  const addend = graph.floats(bias, [outputs]);
  if (writer.precision === 'fp32') {
    const matrix = graph.floats(weights, [outputs, inputs]);
    return graph.add('Gemm', [input, matrix, addend], { transB: { int: 1 } });
  }
  const { values, scales } = quantise(weights, outputs, inputs);
  const matrix = graph.tensor({ type: ElementType.int8, shape: [inputs, outputs], data: values });
  const [rounded, inputScale, zero] = graph.addTriple('DynamicQuantizeLinear', [input]);
  const product = graph.add('MatMulInteger', [rounded, matrix, zero]);
  const wide = graph.add('Cast', [product], { to: { int: ElementType.float } });
  const scale = graph.add('Mul', [inputScale, graph.floats(scales, [outputs])]);
  return graph.add('Add', [graph.add('Mul', [wide, scale]), addend]);
}

function writeLayerNorm({ graph, stored, config }: Writer, name: string, input: string): string {
  const shape = [config.hidden_size];
  const part = (which: string) => graph.floats(toFloat32(stored(`${name}.${which}`, shape)), shape);
  return graph.add('LayerNormalization', [input, part('weight'), part('bias')], {
    axis: { int: 1 },
    epsilon: { float: config.layer_norm_eps },
  });
}

function storedIn(weights: ReadonlyMap<string, StoredTensor>): Writer['stored'] {
  return (name, shape) => {
    // Weights saved with a head on top have the encoder's tensors behind a prefix.
    const tensor = weights.get(name) ?? weights.get(`bert.${name}`);
    if (tensor?.shape.join() === shape.join()) return tensor;
    const found = tensor ? `have ${name} as [${tensor.shape}] and not` : `lack ${name},`;
    throw new IbidError(
      'embedder_failed',
      `The embedding model's weights ${found} [${shape}]; its config.json belongs to other weights. Get the model's files again.`,
    );
  };
}

/** Several as one, their outputs one after the other. */
function join(parts: readonly Dense[]): Dense {
  return {
    weights: concatenate(parts.map(({ weights }) => weights)),
    bias: concatenate(parts.map(({ bias }) => bias)),
  };
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
