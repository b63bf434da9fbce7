/** An encoded protobuf message as the pieces it is made of, so that large tensors are never copied. */
export type Encoded = readonly Uint8Array[];

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

/** A varint field; `value` is a non-negative safe integer. */
export function varintField(field: number, value: number): Encoded {
  return [Uint8Array.from([...varint(field * 8 + VARINT), ...varint(value)])];
}

/** A `float` field. */
export function floatField(field: number, value: number): Encoded {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return [Uint8Array.from(varint(field * 8 + FIXED32)), bytes];
}

export function stringField(field: number, value: string): Encoded {
  return messageField(field, [new TextEncoder().encode(value)]);
}

/** A nested message, or raw bytes; see https://protobuf.dev/programming-guides/encoding/. */
export function messageField(field: number, ...parts: readonly Encoded[]): Encoded {
  const pieces = parts.flat();
  const length = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
  return [Uint8Array.from([...varint(field * 8 + LENGTH_DELIMITED), ...varint(length)]), ...pieces];
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return bytes;
}
