import { type Encoded, floatField, messageField, stringField, varintField } from './protobuf.ts';

/** Tensor element types as ONNX numbers them (onnx.proto, `TensorProto.DataType`). */
export const ElementType = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7, float16: 10 } as const;
export type ElementType = (typeof ElementType)[keyof typeof ElementType];

export interface Tensor {
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Little-endian, row by row. */
  readonly data: Uint8Array | Float32Array | Int8Array | BigInt64Array;
}

/** A graph's input or output; a dimension that differs from call to call has a name instead of a size. */
export interface ValueInfo {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly (number | string)[];
}

export type Attribute =
  | { readonly float: number }
  | { readonly int: number }
  | { readonly ints: readonly number[] };

export interface Node {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface Graph {
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
}

const IR_VERSION = 9;
const OPSET_VERSION = 20;
/** Operators that ONNX Runtime adds to the standard, by their domain. */
const RUNTIME_DOMAIN = 'com.microsoft';
const RUNTIME_OPERATORS: ReadonlySet<string> = new Set(['FusedMatMul']);
const AttributeKind = { float: 1, int: 2, ints: 7 } as const;

/** Encodes a graph as an ONNX model, opset 20; field numbers from https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. */
export function encodeOnnxModel(graph: Graph): Encoded {
  return [
    ...varintField(1, IR_VERSION),
    ...stringField(2, 'ibid'),
    ...messageField(8, stringField(1, ''), varintField(2, OPSET_VERSION)),
    ...messageField(8, stringField(1, RUNTIME_DOMAIN), varintField(2, 1)),
    ...messageField(7, encodeGraph(graph)),
  ];
}

/** A `metadata_props` entry, which may be appended to an encoded model. */
export function encodeMetadata(key: string, value: string): Encoded {
  return messageField(14, stringField(1, key), stringField(2, value));
}

function encodeGraph(graph: Graph): Encoded {
  return [
    ...graph.nodes.flatMap((node) => messageField(1, encodeNode(node))),
    ...stringField(2, graph.name),
    ...[...graph.tensors].flatMap(([name, tensor]) => messageField(5, encodeTensor(name, tensor))),
    ...graph.inputs.flatMap((value) => messageField(11, encodeValueInfo(value))),
    ...graph.outputs.flatMap((value) => messageField(12, encodeValueInfo(value))),
  ];
}

function encodeNode(node: Node): Encoded {
  return [
    ...node.inputs.flatMap((name) => stringField(1, name)),
    ...node.outputs.flatMap((name) => stringField(2, name)),
    ...stringField(3, node.outputs[0] ?? ''),
    ...stringField(4, node.operator),
    ...(RUNTIME_OPERATORS.has(node.operator) ? stringField(7, RUNTIME_DOMAIN) : []),
    ...Object.entries(node.attributes).flatMap(([name, value]) =>
      messageField(5, stringField(1, name), encodeAttribute(value)),
    ),
  ];
}

function encodeAttribute(value: Attribute): Encoded {
  if ('float' in value) return [...floatField(2, value.float), ...varintField(20, AttributeKind.float)];
  if ('int' in value) return [...varintField(3, value.int), ...varintField(20, AttributeKind.int)];
  return [...value.ints.flatMap((each) => varintField(8, each)), ...varintField(20, AttributeKind.ints)];
}

function encodeTensor(name: string, { type, shape, data }: Tensor): Encoded {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return [
    ...shape.flatMap((size) => varintField(1, size)),
    ...varintField(2, type),
    ...stringField(8, name),
    ...messageField(9, [bytes]),
  ];
}

function encodeValueInfo({ name, type, shape }: ValueInfo): Encoded {
  const dimensions = shape.flatMap((size) =>
    messageField(1, typeof size === 'number' ? varintField(1, size) : stringField(2, size)),
  );
  const tensorType = messageField(1, varintField(1, type), messageField(2, dimensions));
  return [...stringField(1, name), ...messageField(2, tensorType)];
}
