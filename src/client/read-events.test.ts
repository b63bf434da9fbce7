import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEvents } from './read-events.ts';

/** `text` as a stream of bytes, cut at these places. */
function streamOf(text: string, cuts: readonly number[] = []): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
  const parts = places.slice(1).map((end, i) => bytes.slice(places[i], end));
  return new ReadableStream({
    pull(controller) {
      const part = parts.shift();
      if (part === undefined) controller.close();
      else controller.enqueue(part);
    },
  });
}

async function read(text: string, cuts?: readonly number[]): Promise<string[]> {
  const data: string[] = [];
  for await (const one of readEvents(streamOf(text, cuts))) data.push(one);
  return data;
}

test('events come whole, wherever the bytes are cut and however lines end', async () => {
  const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
  const payload = fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text));
  await fc.assert(
    fc.asyncProperty(
      fc.array(payload, { maxLength: 5 }),
      lineEnd,
      fc.array(fc.nat(200)),
      async (payloads, end, cuts) => {
        const wire = payloads.map((one) => `event: x${end}: ping${end}data: ${one}${end}${end}`).join('');
        // Something follows always: a lone CR at the very end may be half a line end.
        expect(await read(`${wire}:${end}`, cuts)).toEqual(payloads);
      },
    ),
  );
});

test('lines of one event are joined, and one that was cut off is dropped', async () => {
  expect(await read('data: a\ndata:b\n\ndata: half\n')).toEqual(['a\nb']);
});

test('leaving early cancels the stream', async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('data: a\n\n')),
    cancel: () => {
      cancelled = true;
    },
  });
  for await (const data of readEvents(body)) {
    expect(data).toBe('a');
    break;
  }
  expect(cancelled).toBe(true);
});
