import type { BertConfig } from '../../src/adapters/bert/bert-config.ts';
import { createGraphBuilder, type GraphBuilder } from '../../src/adapters/bert/graph-builder.ts';
import { ElementType, type Graph } from '../../src/adapters/bert/onnx-model.ts';
import { type StoredTensor, toFloat32 } from '../../src/adapters/bert/safetensors.ts';
import { IbidError } from '../../src/model/errors.ts';

interface Writer {
  readonly config: BertConfig;
  readonly graph: GraphBuilder;
  readonly stored: (name: string) => Float32Array;
}

/** Added to the attention scores of padding, whose weight thereby becomes 0. */
const MASKED = -10_000;

/**
 * The same encoder as Ibid's `writeBertGraph`, with the inputs and output that transformers.js works with: `input_ids`
 * and `attention_mask`, int64 `[batch, tokens]`, to `last_hidden_state`, float `[batch, tokens, hidden]`.
 */
export function writeTransformersGraph(
  config: BertConfig,
  weights: ReadonlyMap<string, StoredTensor>,
): Graph {
  const graph = createGraphBuilder();
  const writer = { config, graph, stored: storedIn(weights) };
  const mask = writeMask(graph);
  let hidden = writeEmbeddings(writer);
  for (let layer = 0; layer < config.num_hidden_layers; layer++)
    hidden = writeLayer(writer, `encoder.layer.${layer}`, hidden, mask);
  graph.add('Identity', [hidden], {}, 'last_hidden_state');
  const input = { type: ElementType.int64, shape: ['batch', 'tokens'] };
  return {
    name: 'bert',
    nodes: graph.nodes,
    tensors: graph.tensors,
    inputs: [
      { ...input, name: 'input_ids' },
      { ...input, name: 'attention_mask' },
    ],
    outputs: [
      {
        name: 'last_hidden_state',
        type: ElementType.float,
        shape: ['batch', 'tokens', config.hidden_size],
      },
    ],
  };
}

/** `[batch, 1, 1, tokens]`: 0 for a token, far below 0 for padding. */
function writeMask(graph: GraphBuilder): string {
  const one = graph.floats(Float32Array.of(1), [1]);
  const floats = graph.add('Cast', ['attention_mask'], { to: { int: ElementType.float } });
  const padding = graph.add('Sub', [one, floats]);
  const scaled = graph.add('Mul', [padding, graph.floats(Float32Array.of(MASKED), [1])]);
  return graph.add('Unsqueeze', [scaled, graph.integers([1, 2])]);
}

function writeEmbeddings(writer: Writer): string {
  const { graph, stored, config } = writer;
  const width = config.hidden_size;
  const table = stored('embeddings.word_embeddings.weight');
  const words = graph.add('Gather', [graph.floats(table, [table.length / width, width]), 'input_ids']);
  const types = stored('embeddings.token_type_embeddings.weight');
  const positions = stored('embeddings.position_embeddings.weight').map(
    (value, index) => value + (types[index % width] ?? 0),
  );
  const length = graph.add('Slice', [
    graph.add('Shape', ['input_ids']),
    graph.integers([1]),
    graph.integers([2]),
  ]);
  const all = graph.floats(positions, [positions.length / width, width]);
  const used = graph.add('Slice', [all, graph.integers([0]), length]);
  return writeLayerNorm(writer, 'embeddings.LayerNorm', graph.add('Add', [words, used]));
}

function writeLayer(writer: Writer, prefix: string, hidden: string, mask: string): string {
  const { graph } = writer;
  const attended = writeAttention(writer, prefix, hidden, mask);
  const projected = writeDense(writer, `${prefix}.attention.output.dense`, attended);
  const first = writeLayerNorm(
    writer,
    `${prefix}.attention.output.LayerNorm`,
    graph.add('Add', [projected, hidden]),
  );
  const wide = graph.add('Gelu', [writeDense(writer, `${prefix}.intermediate.dense`, first)]);
  const narrow = writeDense(writer, `${prefix}.output.dense`, wide);
  return writeLayerNorm(writer, `${prefix}.output.LayerNorm`, graph.add('Add', [narrow, first]));
}

function writeAttention(writer: Writer, prefix: string, hidden: string, mask: string): string {
  const { graph, config } = writer;
  const heads = config.num_attention_heads;
  const width = config.hidden_size / heads;
  const byHead = (name: string, order: readonly number[]) => {
    const projected = writeDense(writer, `${prefix}.attention.self.${name}`, hidden);
    const shaped = graph.add('Reshape', [projected, graph.integers([0, 0, heads, width])]);
    return graph.add('Transpose', [shaped], { perm: { ints: order } });
  };
  const product = graph.add('MatMul', [byHead('query', [0, 2, 1, 3]), byHead('key', [0, 2, 3, 1])]);
  const scaled = graph.add('Mul', [product, graph.floats(Float32Array.of(1 / Math.sqrt(width)), [1])]);
  const weights = graph.add('Softmax', [graph.add('Add', [scaled, mask])], { axis: { int: 3 } });
  const mixed = graph.add('MatMul', [weights, byHead('value', [0, 2, 1, 3])]);
  const byToken = graph.add('Transpose', [mixed], { perm: { ints: [0, 2, 1, 3] } });
  return graph.add('Reshape', [byToken, graph.integers([0, 0, config.hidden_size])]);
}

function writeDense({ graph, stored }: Writer, name: string, input: string): string {
  const bias = stored(`${name}.bias`);
  const weights = stored(`${name}.weight`);
  const [outputs, inputs] = [bias.length, weights.length / bias.length];
  const matrix = graph.floats(transpose(weights, outputs, inputs), [inputs, outputs]);
  return graph.add('Add', [graph.add('MatMul', [input, matrix]), graph.floats(bias, [outputs])]);
}

function writeLayerNorm({ graph, stored, config }: Writer, name: string, input: string): string {
  const part = (which: string) => graph.floats(stored(`${name}.${which}`), [config.hidden_size]);
  return graph.add('LayerNormalization', [input, part('weight'), part('bias')], {
    epsilon: { float: config.layer_norm_eps },
  });
}

function transpose(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(matrix.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      turned[column * rows + row] = matrix[row * columns + column] ?? 0;
  return turned;
}

function storedIn(weights: ReadonlyMap<string, StoredTensor>): (name: string) => Float32Array {
  return (name) => {
    const tensor = weights.get(name) ?? weights.get(`bert.${name}`);
    if (!tensor) throw new IbidError('embedder_failed', `The model's weights lack ${name}.`);
    return toFloat32(tensor);
  };
}
