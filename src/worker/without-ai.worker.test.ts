import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, it } from 'vitest';
import { SERVICE_SETTINGS } from '../testing/service-settings.ts';
import { withFakes } from '../testing/worker-with-fakes.ts';
import worker from '../worker.ts';
import type { Env } from './env.ts';

const { AI: _ai, VECTORIZE: _vectorize, ...bindings } = env;

async function request(path: string, body?: object, bound: Env = bindings): Promise<Record<string, unknown>> {
  const init = body && { method: 'POST', body: JSON.stringify(body) };
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${SERVICE_SETTINGS.IBID_ADMIN_KEY}`,
  };
  const sent = new Request(`http://localhost${path}`, { ...init, headers });
  return (await (await worker.fetch(sent, bound, createExecutionContext())).json()) as Record<
    string,
    unknown
  >;
}

it('A Worker without the AI binding answers from full text alone, and says so', async () => {
  await request('/v1/documents', { uri: 'leave.txt', text: 'Every employee has 28 days of leave a year.' });
  const ready = await request('/readyz');
  expect(ready).toMatchObject({ checks: { meaning: expect.stringContaining('full text alone') } });
  expect(await request('/v1/ask', { question: 'How many days of leave has every employee?' })).toMatchObject({
    status: 'answered',
    citations: [{ quote: 'Every employee has 28 days of leave a year.' }],
    degraded: expect.stringContaining('full text alone'),
  });
});

it('A Worker whose index another embedding model made says so and does not mix them', async () => {
  const bound = withFakes(env);
  expect(await request('/readyz', undefined, bound)).toMatchObject({
    status: 503,
    checks: { index: 'made by another embedding model' },
  });
  expect(
    await request('/v1/ask', { question: 'How many days of leave has every employee?' }, bound),
  ).toMatchObject({
    status: 'answered',
    passages: [{ via: 'text' }],
    degraded: expect.stringContaining('full text alone'),
  });
});
