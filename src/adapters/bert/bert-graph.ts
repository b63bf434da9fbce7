import { IbidError } from '../../model/errors.ts';
import type { BertConfig } from './bert-config.ts';
import { createGraphBuilder, type GraphBuilder } from './graph-builder.ts';
import { ElementType, type Graph } from './onnx-model.ts';
import { quantise } from './quantise.ts';
import { type StoredTensor, toFloat32 } from './safetensors.ts';

export type Precision = 'fp32' | 'int8';

interface Writer {
  readonly config: BertConfig;
  readonly precision: Precision;
  readonly graph: GraphBuilder;
  /** A tensor of the weights file by name. */
  readonly stored: (name: string) => StoredTensor;
}

/**
 * Writes a BERT encoder as an ONNX graph for one text a run.
 * Inputs: `tokens`, int32 `[tokens]`, special tokens included; `pooling`, float `[rows, tokens]`, which weighs the
 * tokens of each vector wanted. Output: `vectors`, float `[rows, hidden]`, the pooled rows at unit length.
 */
export function writeBertGraph(
  config: BertConfig,
  weights: ReadonlyMap<string, StoredTensor>,
  precision: Precision,
): Graph {
  const writer = { config, precision, graph: createGraphBuilder(), stored: storedIn(weights) };
  const { graph } = writer;
  let hidden = writeEmbeddings(writer);
  for (let layer = 0; layer < config.num_hidden_layers; layer++) hidden = writeLayer(writer, layer, hidden);
  const pooled = graph.add('MatMul', ['pooling', hidden]);
  graph.add('LpNormalization', [pooled], { axis: { int: 1 }, p: { int: 2 } }, 'vectors');
  return {
    name: 'bert',
    nodes: graph.nodes,
    tensors: graph.tensors,
    inputs: [
      { name: 'tokens', type: ElementType.int32, shape: ['tokens'] },
      { name: 'pooling', type: ElementType.float, shape: ['rows', 'tokens'] },
    ],
    outputs: [{ name: 'vectors', type: ElementType.float, shape: ['rows', config.hidden_size] }],
  };
}

/** Words kept as half floats until they are looked up: the table is half of the model. */
function writeEmbeddings(writer: Writer): string {
  const { graph, stored } = writer;
  const table = stored('embeddings.word_embeddings.weight');
  const type = table.dtype === 'F16' ? ElementType.float16 : ElementType.float;
  const words = graph.tensor({ type, shape: table.shape, data: table.bytes });
  const looked = graph.add('Gather', [words, 'tokens']);
  const floats = graph.add('Cast', [looked], { to: { int: ElementType.float } });
  const length = graph.add('Shape', ['tokens']);
  const positions = graph.add('Slice', [positionTable(writer), graph.integers([0]), length]);
  return writeLayerNorm(writer, 'embeddings.LayerNorm', graph.add('Add', [floats, positions]));
}

/** Every token is of type 0, so its type's vector is added to all positions once. */
function positionTable({ graph, stored, config }: Writer): string {
  const positions = toFloat32(stored('embeddings.position_embeddings.weight'));
  const types = toFloat32(stored('embeddings.token_type_embeddings.weight'));
  const width = config.hidden_size;
  const summed = positions.map((value, index) => value + (types[index % width] ?? 0));
  return graph.floats(summed, [positions.length / width, width]);
}

function writeLayer(writer: Writer, layer: number, hidden: string): string {
  const { graph } = writer;
  const prefix = `encoder.layer.${layer}`;
  const attended = writeAttention(writer, prefix, hidden);
  const projected = writeDense(writer, dense(writer, `${prefix}.attention.output.dense`), attended);
  const first = writeLayerNorm(
    writer,
    `${prefix}.attention.output.LayerNorm`,
    graph.add('Add', [projected, hidden]),
  );
  const wide = writeDense(writer, dense(writer, `${prefix}.intermediate.dense`), first);
  const narrow = writeDense(writer, dense(writer, `${prefix}.output.dense`), graph.add('Gelu', [wide]));
  return writeLayerNorm(writer, `${prefix}.output.LayerNorm`, graph.add('Add', [narrow, first]));
}

/** Multi-head self-attention: query, key and value in one product; no mask, for there is no padding. */
function writeAttention(writer: Writer, prefix: string, hidden: string): string {
  const { graph, config } = writer;
  const heads = config.num_attention_heads;
  const width = config.hidden_size / heads;
  const joined = writeDense(writer, queryKeyValue(writer, `${prefix}.attention.self`), hidden);
  const shaped = graph.add('Reshape', [joined, graph.integers([-1, 3, heads, width])]);
  const byHead = graph.add('Transpose', [shaped], { perm: { ints: [1, 2, 0, 3] } });
  const part = (index: number) => graph.add('Gather', [byHead, graph.index(index)], { axis: { int: 0 } });
  const keys = graph.add('Transpose', [part(1)], { perm: { ints: [0, 2, 1] } });
  const scores = graph.add('Softmax', [graph.add('MatMul', [part(0), keys])], { axis: { int: 2 } });
  const mixed = graph.add('MatMul', [scores, part(2)]);
  const byToken = graph.add('Transpose', [mixed], { perm: { ints: [1, 0, 2] } });
  return graph.add('Reshape', [byToken, graph.integers([-1, config.hidden_size])]);
}

interface Dense {
  /** `[outputs, inputs]`. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

function dense({ stored }: Writer, name: string): Dense {
  return { weights: toFloat32(stored(`${name}.weight`)), bias: toFloat32(stored(`${name}.bias`)) };
}

/** The three projections as one, with attention's 1/√width already in the query's. */
function queryKeyValue(writer: Writer, prefix: string): Dense {
  const { config } = writer;
  const scale = 1 / Math.sqrt(config.hidden_size / config.num_attention_heads);
  const query = dense(writer, `${prefix}.query`);
  const parts = [
    { weights: query.weights.map((each) => each * scale), bias: query.bias.map((each) => each * scale) },
    dense(writer, `${prefix}.key`),
    dense(writer, `${prefix}.value`),
  ];
  return {
    weights: concatenate(parts.map((part) => part.weights)),
    bias: concatenate(parts.map((part) => part.bias)),
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
  const part = (which: string) => graph.floats(toFloat32(stored(`${name}.${which}`)), [config.hidden_size]);
  return graph.add('LayerNormalization', [input, part('weight'), part('bias')], {
    axis: { int: 1 },
    epsilon: { float: config.layer_norm_eps },
  });
}

function storedIn(weights: ReadonlyMap<string, StoredTensor>): (name: string) => StoredTensor {
  return (name) => {
    const tensor = weights.get(name) ?? weights.get(`bert.${name}`);
    if (!tensor)
      throw new IbidError(
        'embedder_failed',
        `The model's weights lack ${name}; use those of a BERT encoder.`,
      );
    return tensor;
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
