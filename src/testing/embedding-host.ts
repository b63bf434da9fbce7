import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import type { TestProject } from 'vitest/node';
import { createMiniLmEmbedder } from '../adapters/bert/minilm-embedder.ts';

declare module 'vitest' {
  interface ProvidedContext {
    embedderUrl: string;
  }
}

/**
 * Serves the embedded model from Node to the tests in workerd: `POST {text: string[], query: boolean}` gives `{data: number[][]}`.
 * The model is loaded with the first request.
 */
export default async function setUp({ provide }: Pick<TestProject, 'provide'>): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'ibid-embedder-'));
  const embedder = createMiniLmEmbedder({ cacheDirectory: folder, precision: 'fp32', threads: 1 });
  async function embed(request: IncomingMessage): Promise<number[][]> {
    const { text, query } = (await json(request)) as { text: string[]; query: boolean };
    if (query) return Promise.all(text.map(async (one) => [...(await embedder.embedQuery(one))]));
    const passages = text.map((one) => ({ context: '', text: one, sentences: [] }));
    return (await embedder.embedPassages(passages)).map(({ vector }) => [...vector]);
  }
  const server = createServer((request, response) => {
    embed(request).then(
      (data) => response.end(JSON.stringify({ data })),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  provide('embedderUrl', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return async () => {
    server.close();
    await embedder.close();
    await rm(folder, { recursive: true, force: true });
  };
}
