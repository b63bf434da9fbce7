import { type Attribute, ElementType, type Node, type Tensor } from './onnx-model.ts';

/** Collects the nodes and constants of a graph and names them; each method returns the name of its value. */
export interface GraphBuilder {
  readonly nodes: readonly Node[];
  readonly tensors: ReadonlyMap<string, Tensor>;
  add(
    operator: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, Attribute>>,
    output?: string,
  ): string;
  /** A node with three outputs. */
  addTriple(operator: string, inputs: readonly string[]): [string, string, string];
  tensor(tensor: Tensor): string;
  floats(values: Float32Array, shape: readonly number[]): string;
  /** A list of int64, as shapes and axes are given. */
  integers(values: readonly number[]): string;
  /** One int64 without a dimension. */
  index(value: number): string;
}

/** Starts an empty graph. */
export function createGraphBuilder(): GraphBuilder {
  const nodes: Node[] = [];
  const tensors = new Map<string, Tensor>();
  let values = 0;
  const name = () => `v${values++}`;
  const tensor = (made: Tensor) => {
    const given = name();
    tensors.set(given, made);
    return given;
  };
  const integers = (shape: readonly number[], each: readonly number[]) =>
    tensor({ type: ElementType.int64, shape, data: BigInt64Array.from(each.map(BigInt)) });
  return {
    nodes,
    tensors,
    tensor,
    add(operator, inputs, attributes = {}, output = name()) {
      nodes.push({ operator, inputs, outputs: [output], attributes });
      return output;
    },
    addTriple(operator, inputs) {
      const outputs: [string, string, string] = [name(), name(), name()];
      nodes.push({ operator, inputs, outputs, attributes: {} });
      return outputs;
    },
    floats: (data, shape) => tensor({ type: ElementType.float, shape, data }),
    integers: (each) => integers([each.length], each),
    index: (value) => integers([], [value]),
  };
}
