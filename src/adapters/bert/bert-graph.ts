import type { BertConfig } from './bert-config.ts';
import { type Precision, writeBertEncoder } from './bert-encoder.ts';
import { ElementType, type Graph } from './onnx-model.ts';
import type { StoredTensor } from './safetensors.ts';

/**
 * Writes a sentence-embedding model as an ONNX graph for texts of one length.
 * Inputs: `tokens`, int32 `[texts, length]`, special tokens included; `pooling`, float `[rows, texts × length]`, which
 * weighs the tokens of each vector wanted. Output: float `[rows, hidden]`, the pooled rows at unit length.
 */
export function writeBertGraph(
  config: BertConfig,
  weights: ReadonlyMap<string, StoredTensor>,
  precision: Precision,
): Graph {
  const { graph, hidden } = writeBertEncoder(config, weights, { precision });
  const pooled = graph.add('MatMul', ['pooling', hidden]);
  graph.add('LpNormalization', [pooled], { axis: { int: 1 }, p: { int: 2 } }, 'vectors');
  return {
    name: 'bert',
    nodes: graph.nodes,
    tensors: graph.tensors,
    inputs: [
      { name: 'tokens', type: ElementType.int32, shape: ['texts', 'length'] },
      { name: 'pooling', type: ElementType.float, shape: ['rows', 'tokens'] },
    ],
    outputs: [{ name: 'vectors', type: ElementType.float, shape: ['rows', config.hidden_size] }],
  };
}
