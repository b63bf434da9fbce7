import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { emptyD1 } from '../testing/empty-d1.ts';
import { createFakeVectorize } from '../testing/fake-vectorize.ts';
import { SERVICE_SETTINGS } from '../testing/service-settings.ts';
import { withFakes } from '../testing/worker-with-fakes.ts';
import worker from '../worker.ts';
import type { Env } from './env.ts';

const QUESTION = { question: 'How many days of leave has every employee?' };
const DOCUMENTS = [
  { uri: 'leave.txt', text: 'Every employee has 28 days of leave a year. Leave is asked for in writing.' },
  { uri: 'boats.txt', text: 'The ferry leaves at nine. It carries forty cars.' },
];

/** A Worker whose vectors come from this model, over the database of the others. */
function bind(
  model: string,
  dimensions: number,
): { bound: Env; vectorize: ReturnType<typeof createFakeVectorize> } {
  const vectorize = createFakeVectorize({ dimensions, now: () => Date.now(), delayMs: 300 });
  const bound = { ...withFakes(env), VECTORIZE: vectorize, IBID_WORKERS_EMBEDDINGS: model };
  return { bound: bound as unknown as Env, vectorize };
}

async function request(bound: Env, path: string, body?: object): Promise<Record<string, unknown>> {
  const init = body && { method: 'POST', body: JSON.stringify(body) };
  const authorization = `Bearer ${SERVICE_SETTINGS.IBID_ADMIN_KEY}`;
  const headers = { 'content-type': 'application/json', authorization };
  const sent = new Request(`http://localhost${path}`, { ...init, headers });
  const response = await worker.fetch(sent, bound, createExecutionContext());
  return (await response.json()) as Record<string, unknown>;
}

async function settled(bound: Env): Promise<void> {
  for (;;) {
    const { waiting, settling } = await request(bound, '/v1/ingest');
    if (waiting === 0 && settling === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

it('A Worker that is given another embedding model embeds everything anew, and answers from full text until then', async () => {
  await emptyD1();
  await emptyD1();
  const small = bind('@cf/baai/bge-small-en-v1.5', 384);
  for (const document of DOCUMENTS) await request(small.bound, '/v1/documents', document);
  expect(await request(small.bound, '/v1/ask', QUESTION)).not.toHaveProperty('degraded');

  const { bound: base, vectorize } = bind('@cf/baai/bge-base-en-v1.5', 768);
  expect(await request(base, '/readyz')).toMatchObject({
    status: 503,
    checks: { index: 'made by another embedding model' },
  });
  const meanwhile = await request(base, '/v1/ask', QUESTION);
  expect(meanwhile).toMatchObject({
    status: 'answered',
    degraded: expect.stringContaining('full text alone'),
  });

  await worker.scheduled({ cron: '* * * * *' }, base);
  expect(await request(base, '/readyz')).toMatchObject({ checks: { index: 'ready' } });
  // The database is of the new model, Vectorize not yet.
  expect(await request(base, '/v1/ask', QUESTION)).toHaveProperty('degraded');
  await settled(base);
  expect(await vectorize.describe()).toMatchObject({ vectorCount: 2 });
  const after = await request(base, '/v1/ask', QUESTION);
  expect(after).not.toHaveProperty('degraded');
  expect(after).toMatchObject({
    status: 'answered',
    citations: [{ quote: 'Every employee has 28 days of leave a year.' }],
  });

  // Documents are taken in as before.
  await request(base, '/v1/documents', { uri: 'bikes.txt', text: 'Bicycles stand behind the hall.' });
  await settled(base);
  expect(await vectorize.describe()).toMatchObject({ vectorCount: 3 });
});
