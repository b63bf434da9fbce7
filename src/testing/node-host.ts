import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { inspect } from 'node:util';
import type { TestProject } from 'vitest/node';
import { createMiniLmEmbedder } from '../adapters/bert/minilm-embedder.ts';
import { createWorkersAiEmbedder } from '../adapters/cloudflare/workers-ai-embedder.ts';
import { answerOnNode } from './answer-on-node.ts';
import { createFakeWorkersAi } from './fake-workers-ai.ts';

declare module 'vitest' {
  interface ProvidedContext {
    nodeUrl: string;
  }
}

/**
 * Serves to the tests in workerd what only Node has: `POST /embed` with `{text: string[]}` gives
 * `{data: number[][]}` of the embedded model, which is loaded with the first request; `POST /answers` with questions gives the
 * shipped documents and how Ibid on Node answers from them, with the Worker's embedder over the same model.
 */
export default async function setUp({ provide }: Pick<TestProject, 'provide'>): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'ibid-host-'));
  const embedder = createMiniLmEmbedder({
    cacheDirectory: join(folder, 'models'),
    precision: 'fp32',
    threads: 1,
  });
  const vectorsOf = async (texts: readonly string[]) => {
    const passages = texts.map((text) => ({ context: '', text, sentences: [] }));
    return (await embedder.embedPassages(passages)).map(({ vector }) => [...vector]);
  };
  const routes: Readonly<Record<string, (request: IncomingMessage) => Promise<unknown>>> = {
    '/embed': async (request) => {
      const { text } = (await json(request)) as { text: string[] };
      return { data: await vectorsOf(text) };
    },
    '/answers': async (request) =>
      answerOnNode((await json(request)) as string[], {
        folder,
        embedder: createWorkersAiEmbedder({
          ai: createFakeWorkersAi(vectorsOf),
          model: '@cf/baai/bge-small-en-v1.5',
          sleep: async () => {},
          keepCentre: (_, find) => find(),
        }),
      }),
  };
  const server = createServer((request, response) => {
    const route = routes[request.url ?? ''];
    if (!route) return response.writeHead(404).end();
    return route(request).then(
      (value) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value)),
      (error: unknown) => response.writeHead(500).end(inspect(error)),
    );
  });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  provide('nodeUrl', url());
  return async () => {
    server.close();
    await embedder.close();
    await rm(folder, { recursive: true, force: true });
  };
}
