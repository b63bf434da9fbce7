import type { BertConfig } from './bert-config.ts';
import { type Precision, writeBertEncoder } from './bert-encoder.ts';
import { ElementType, type Graph } from './onnx-model.ts';
import { type StoredTensor, toFloat32 } from './safetensors.ts';

/** What the head says of each token; what is said of the pair as a whole stands at the first token, `[CLS]`. */
export const HEAD = { start: 0, end: 1, relevance: 2, entails: 3, neutral: 4, contradicts: 5 } as const;
export const HEAD_WIDTH = 6;

/**
 * Writes a cross-encoder as an ONNX graph for pairs of one length. Inputs: `tokens`, int32 `[texts, length]`, and
 * `segments`, float `[texts, length, 1]`. Output: float `[texts × length, 6]`, the logits named in `HEAD`.
 */
export function writeCrossEncoderGraph(
  config: BertConfig,
  weights: ReadonlyMap<string, StoredTensor>,
  precision: Precision,
): Graph {
  const { graph, hidden, stored } = writeBertEncoder(config, weights, { precision, segmented: true });
  const shape = [HEAD_WIDTH, config.hidden_size];
  const head = graph.floats(toFloat32(stored('head.weight', shape)), shape);
  const bias = graph.floats(toFloat32(stored('head.bias', [HEAD_WIDTH])), [HEAD_WIDTH]);
  graph.add('Gemm', [hidden, head, bias], { transB: { int: 1 } }, 'logits');
  return {
    name: 'cross-encoder',
    nodes: graph.nodes,
    tensors: graph.tensors,
    inputs: [
      { name: 'tokens', type: ElementType.int32, shape: ['texts', 'length'] },
      { name: 'segments', type: ElementType.float, shape: ['texts', 'length', 1] },
    ],
    outputs: [{ name: 'logits', type: ElementType.float, shape: ['tokens', HEAD_WIDTH] }],
  };
}
