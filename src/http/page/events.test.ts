import { describe, expect, it } from 'vitest';

const EVENTS = new URL('./events.mjs', import.meta.url).href;

async function eventsOf(chunks: readonly Uint8Array[]): Promise<unknown[]> {
  const { readEvents } = await import(EVENTS);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  const events: unknown[] = [];
  for await (const event of readEvents(body)) events.push(event);
  return events;
}

describe('The page’s reader of event streams', () => {
  it('reads the same events however the bytes are cut, and leaves out pings', async () => {
    const wire = 'event: a\ndata: {"type":"a","text":"é 猫"}\n\n: ping\n\nevent: b\ndata: {"type":"b"}\n\n';
    const bytes = new TextEncoder().encode(wire);
    for (const size of [1, 2, 3, 7, bytes.length]) {
      const chunks: Uint8Array[] = [];
      for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.slice(at, at + size));
      expect(await eventsOf(chunks)).toEqual([{ type: 'a', text: 'é 猫' }, { type: 'b' }]);
    }
  });

  it('leaves out an event that was cut off', async () => {
    expect(await eventsOf([new TextEncoder().encode('event: a\ndata: {"type":')])).toEqual([]);
  });
});
