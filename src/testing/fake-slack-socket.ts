import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface FakeSlackSocket extends AsyncDisposable {
  /** For the reply of `apps.connections.open`. */
  readonly url: string;
  /** What clients sent: acknowledgements with the envelope's id and a payload. */
  readonly received: { envelope_id?: string; payload?: Record<string, unknown> }[];
  /** Times that a client has connected. */
  connections(): number;
  send(message: Record<string, unknown>): void;
  /** Breaks the connection without a word. */
  cut(): void;
}

/** The server's end of Socket Mode: a WebSocket (RFC 6455) that says hello, sends envelopes and hears their acknowledgements. */
export async function startFakeSlackSocket(): Promise<FakeSlackSocket> {
  const received: FakeSlackSocket['received'] = [];
  let client: Socket | undefined;
  let connections = 0;
  const server = createServer();
  server.on('upgrade', (request, socket: Socket) => {
    const key = request.headers['sec-websocket-key'];
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    client = socket;
    connections += 1;
    socket.on('error', () => {});
    let rest = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      for (let frame = readFrame(rest); frame !== undefined; frame = readFrame(rest)) {
        rest = rest.subarray(frame.length);
        if (frame.opcode === 1) received.push(JSON.parse(frame.payload.toString('utf8')));
        if (frame.opcode === 8) socket.end(frameOf(8, frame.payload));
        if (frame.opcode === 9) socket.write(frameOf(10, frame.payload));
      }
    });
    write({ type: 'hello', num_connections: 1 });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  function write(message: Record<string, unknown>): void {
    client?.write(frameOf(1, Buffer.from(JSON.stringify(message))));
  }

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/link`,
    received,
    connections: () => connections,
    send: write,
    cut: () => void client?.destroy(),
    async [Symbol.asyncDispose]() {
      client?.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function frameOf(opcode: number, payload: Buffer): Buffer {
  const size = payload.length < 126 ? [payload.length] : [126, payload.length >> 8, payload.length & 255];
  return Buffer.concat([Buffer.from([0x80 | opcode, ...size]), payload]);
}

/** A client's frame, unmasked; undefined while it has not arrived whole. */
function readFrame(data: Buffer): { opcode: number; payload: Buffer; length: number } | undefined {
  if (data.length < 6) return undefined;
  const short = (data[1] ?? 0) & 127;
  const extra = short === 126 ? 2 : 0;
  if (data.length < 6 + extra) return undefined;
  const size = short === 126 ? data.readUInt16BE(2) : short;
  const from = 6 + extra;
  if (data.length < from + size) return undefined;
  const mask = data.subarray(from - 4, from);
  const payload = Buffer.from(data.subarray(from, from + size).map((byte, at) => byte ^ (mask[at % 4] ?? 0)));
  return { opcode: (data[0] ?? 0) & 15, payload, length: from + size };
}
