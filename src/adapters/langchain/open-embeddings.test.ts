import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Embedder } from '../../ports/embedder.ts';
import { embedderConformance } from '../../testing/embedder-conformance.ts';
import {
  FAKE_DIMENSIONS,
  FAKE_MODEL,
  type FakeEmbeddingServer,
  startFakeEmbeddingServer,
} from '../../testing/fake-embedding-server.ts';
import { type EmbeddingServer, openEmbeddings } from './open-embeddings.ts';
import { openLangchainEmbedder } from './open-langchain-embedder.ts';

type Provider = EmbeddingServer['provider'];
const PROVIDERS: readonly Provider[] = ['openai', 'ollama'];

let server: FakeEmbeddingServer;
beforeAll(async () => {
  server = await startFakeEmbeddingServer({ key: 'right' });
});
afterEach(() => {
  server.misbehave({});
  server.requests.length = 0;
  vi.unstubAllEnvs();
});
afterAll(() => server.close());

const urlOf = (provider: Provider, { url }: { readonly url: string } = server) =>
  provider === 'openai' ? `${url}/v1/` : url;

async function open(
  provider: Provider,
  fields: Partial<EmbeddingServer> = {},
  timeout?: number,
): Promise<Embedder> {
  const { place, embeddings } = await openEmbeddings(
    { provider, model: FAKE_MODEL, baseUrl: urlOf(provider), apiKey: 'right', ...fields },
    timeout === undefined ? {} : { timeout },
  );
  const patience = { within: 4_000, tries: 3 };
  return openLangchainEmbedder({
    ...{ embeddings, place, id: `${provider}:${FAKE_MODEL}`, dimensions: FAKE_DIMENSIONS },
    ...{ queryPatience: { ...patience, tries: 1 }, passagePatience: patience },
  });
}

const OWLS = ['Owls hunt.', 'Bread rises.', 'Ferries sail.'].map((text) => ({
  context: '',
  text,
  sentences: [],
}));

for (const provider of PROVIDERS) {
  embedderConformance(`The embedder of an ${provider} server`, async () => {
    const own = await startFakeEmbeddingServer();
    const opened = await openEmbeddings({ provider, model: FAKE_MODEL, baseUrl: urlOf(provider, own) });
    const embedder = await openLangchainEmbedder({ ...opened, id: `${provider}:${FAKE_MODEL}` });
    return { embedder, wholesOnly: true, close: own.close };
  });

  describe(`Over ${provider}`, () => {
    test('a refused key is said, and never which', async () => {
      const fault = open(provider, { apiKey: 'wrong' }).then((embedder) => embedder.embedQuery('a'));
      await expect(fault).rejects.toThrow(/refused the key \(401\).*IBID_EMBED_API_KEY/);
      await expect(fault).rejects.not.toThrow('wrong');
    });

    test('an unknown model is said at once, with what to do', async () => {
      const embedder = await open(provider, { model: 'other' });
      await expect(embedder.embedPassages(OWLS)).rejects.toThrow(/"other" not found.*ollama pull/);
      expect(server.requests).toHaveLength(1);
    });

    test('a wrong address is said', async () => {
      const embedder = await open(provider, { baseUrl: `${server.url}/wrong` });
      await expect(embedder.embedQuery('a')).rejects.toThrow('IBID_EMBED_BASE_URL');
    });

    test('a server that is not there is said, with its address', async () => {
      const gone = await startFakeEmbeddingServer();
      await gone.close();
      const embedder = await open(provider, { baseUrl: urlOf(provider, gone) });
      const said = new RegExp(`${gone.url}.*cannot be reached \\(ECONNREFUSED\\). Start it`);
      await expect(embedder.embedQuery('a')).rejects.toThrow(said);
    });

    test('a page in place of JSON is said', async () => {
      server.misbehave({ body: '<html>Sign in</html>' });
      await expect((await open(provider)).embedQuery('a')).rejects.toThrow('something else than JSON');
    });

    test('faults that pass are tried again, no longer than allowed', async () => {
      const embedder = await open(provider);
      server.misbehave({ refusal: { status: 503, times: 2 } });
      expect(await embedder.embedPassages(OWLS)).toHaveLength(3);
      expect(server.requests).toHaveLength(3);
      server.misbehave({ refusal: { status: 500 } });
      await expect(embedder.embedPassages(OWLS)).rejects.toThrow(/failed.*Look at its log/);
      expect(server.requests).toHaveLength(6);
    });

    test('a question is not tried again where full text can answer', async () => {
      server.misbehave({ refusal: { status: 503, times: 1 } });
      await expect((await open(provider)).embedQuery('a')).rejects.toMatchObject({ code: 'embedder_failed' });
    });

    test('a slow server is given up', async () => {
      const embedder = await open(provider, {}, 100);
      server.misbehave({ delayMs: 600 });
      await expect(embedder.embedPassages(OWLS)).rejects.toThrow('did not answer in time');
      expect(server.requests).toHaveLength(1);
    });

    test.each([
      [
        'short vectors',
        (vectors: number[][]) => vectors.map((vector) => vector.slice(0, 16)),
        '16 numbers where 64',
      ],
      ['NaN', (vectors: number[][]) => vectors.map((vector) => vector.with(5, Number.NaN)), 'finite numbers'],
      ['zeros', (vectors: number[][]) => vectors.map((vector) => vector.map(() => 0)), 'without a direction'],
    ])('%s are refused', async (_, vectors, message) => {
      const embedder = await open(provider);
      server.misbehave({ vectors });
      await expect(embedder.embedPassages(OWLS)).rejects.toThrow(message);
      await expect(embedder.embedQuery('a')).rejects.toThrow(message);
    });

    test('fewer vectors than texts are refused', async () => {
      const embedder = await open(provider);
      server.misbehave({ vectors: (vectors) => vectors.slice(1) });
      await expect(embedder.embedPassages(OWLS)).rejects.toMatchObject({ code: 'embedder_failed' });
    });

    test('what runs can be ended', async () => {
      const { embeddings, abort } = await openEmbeddings({
        provider,
        model: FAKE_MODEL,
        baseUrl: urlOf(provider),
      });
      server.misbehave({ delayMs: 20_000 });
      const running = embeddings.embedQuery('a');
      setTimeout(abort, 50);
      await expect(running).rejects.toThrow();
    });
  });
}

describe('Over openai', () => {
  test('vectors are asked for as numbers, not as base64', async () => {
    await (await open('openai')).embedPassages(OWLS);
    expect(server.requests[0]?.body).toMatchObject({ encoding_format: 'float' });
    server.misbehave({ base64: true });
    await expect((await open('openai')).embedQuery('a')).rejects.toThrow('finite numbers');
  });

  test('results go to the text that their index names', async () => {
    const embedder = await open('openai');
    const expected = await embedder.embedPassages(OWLS);
    server.misbehave({ reversed: true });
    expect(await embedder.embedPassages(OWLS)).toEqual(expected);
    server.misbehave({ index: (index) => (index === 0 ? undefined : index), reversed: true });
    expect(await embedder.embedPassages(OWLS)).toEqual(expected);
  });

  test.each([[() => 0], [() => undefined], [(index: number) => index + 1], [(index: number) => `${index}`]])(
    'results without an order are refused, unless there is but one: %s',
    async (index) => {
      const embedder = await open('openai');
      server.misbehave({ index });
      await expect(embedder.embedPassages(OWLS)).rejects.toThrow('IBID_EMBED_BATCH=1');
      expect(await embedder.embedPassages(OWLS.slice(0, 1))).toHaveLength(1);
    },
  );

  test('a rate limit is waited for as the server asks, when that is soon enough', async () => {
    const embedder = await open('openai');
    server.misbehave({ refusal: { status: 429, headers: { 'retry-after': '1' }, times: 1 } });
    const started = performance.now();
    expect(await embedder.embedPassages(OWLS)).toHaveLength(3);
    expect(performance.now() - started).toBeGreaterThan(950);
    server.misbehave({ refusal: { status: 429, headers: { 'retry-after': '30' } } });
    await expect(embedder.embedPassages(OWLS)).rejects.toThrow('Try again in 30 seconds');
  });

  test('a used-up quota is said at once', async () => {
    const embedder = await open('openai');
    server.misbehave({ refusal: { status: 429, code: 'insufficient_quota' } });
    await expect(embedder.embedPassages(OWLS)).rejects.toThrow('quota is used up');
    expect(server.requests).toHaveLength(1);
  });

  test('keys and addresses of the environment go nowhere', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'secret');
    vi.stubEnv('OPENAI_ORGANIZATION', 'org');
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:1');
    const open = { provider: 'openai', model: FAKE_MODEL, baseUrl: urlOf('openai') } as const;
    const { embeddings } = await openEmbeddings(open);
    await expect(embeddings.embedQuery('a')).rejects.toThrow();
    expect(server.requests[0]?.authorization).toBeUndefined();
    let asked = '';
    const elsewhere = await openEmbeddings(
      { provider: 'openai', model: FAKE_MODEL, apiKey: 'right' },
      {
        fetch: async (input) => {
          asked = String(input);
          return Response.json({ data: [{ index: 0, embedding: [1] }] });
        },
      },
    );
    await elsewhere.embeddings.embedQuery('a');
    expect(asked).toBe('https://api.openai.com/v1/embeddings');
  });
});

describe('Over ollama', () => {
  test('texts that are longer than the model reads are cut by the server', async () => {
    await (await open('ollama')).embedPassages(OWLS);
    expect(server.requests[0]).toMatchObject({ path: '/api/embed', body: { truncate: true } });
  });
});
