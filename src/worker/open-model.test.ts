import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parseConfig } from '../config.ts';
import { assembleIbid, endOf } from '../testing/assemble.ts';
import { createFakeEmbedder } from '../testing/fake-embedder.ts';
import { openWorkerModel } from './open-model.ts';

const ASSETS = {
  fetch: async (url: string) => new Response(await readFile(`.${new URL(url).pathname}`)),
} as never;
const MODEL = { IBID_MODEL: 'workers-ai:@cf/any/model' };

it('a model of Workers AI answers with the prompts of the build', async () => {
  const asked: { messages: { content: string }[] }[] = [];
  const run = async (_: string, input: (typeof asked)[number]) => {
    asked.push(input);
    const text = 'data: {"response":"Owls nest in the old barn. [1]"}\n\ndata: [DONE]\n\n';
    return new Response(text).body;
  };
  const embedder = createFakeEmbedder();
  const reading = await openWorkerModel(
    { AI: { run } as never, ASSETS },
    parseConfig(MODEL),
    embedder,
    () => {},
  );
  await using ibid = await assembleIbid({ ...reading, embedder });
  await ibid.ingest({ 'owls.md': '# Owls\n\nOwls nest in the old barn.' });
  const { answer, usage } = await endOf(ibid.ask, { question: 'Where do owls nest?' });
  expect(answer.text).toBe('Owls nest in the old barn.');
  expect(usage).toMatchObject({ model: 'workers-ai:@cf/any/model', estimated: true });
  expect(asked[0]?.messages[1]?.content).toContain('Where do owls nest?');
});

it('without a model, or with one that a Worker cannot reach, it says so', async () => {
  const open = (environment: Record<string, string>) =>
    openWorkerModel({ ASSETS }, parseConfig(environment), createFakeEmbedder(), () => {});
  expect(Object.keys(await open({}))).toEqual(['read']);
  await expect(open(MODEL)).rejects.toThrow('wrangler.toml must bind AI');
  await expect(open({ IBID_MODEL: 'ollama:qwen3' })).rejects.toThrow('must be workers-ai:NAME');
});
