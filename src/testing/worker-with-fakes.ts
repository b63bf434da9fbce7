import type { ExecutionContext, MessageBatch, Vectorize } from '@cloudflare/workers-types';
import type { Env, IngestMessage } from '../worker/env.ts';
import worker from '../worker.ts';
import { createFakeVectorize } from './fake-vectorize.ts';
import { createFakeWorkersAi } from './fake-workers-ai.ts';
import type { TestEnv } from './worker-env.ts';

export { RateLimitCounter } from '../worker.ts';

const VECTORIZE_DELAY_MS = 1_500;

const faked = new WeakMap<TestEnv, Env>();

/** The bindings with fakes for the two that the local platform lacks, which keep their limits and delays. */
export function withFakes(env: TestEnv): Env {
  const known = faked.get(env);
  if (known) return known;
  const ai = createFakeWorkersAi(async (text) => {
    const response = await fetch(`${env.NODE_URL}/embed`, {
      method: 'POST',
      body: JSON.stringify({ text }),
    });
    return ((await response.json()) as { data: number[][] }).data;
  });
  const vectorize = createFakeVectorize({
    dimensions: 384,
    now: () => Date.now(),
    delayMs: VECTORIZE_DELAY_MS,
  });
  const made: Env = {
    ...env,
    AI: ai as unknown as NonNullable<Env['AI']>,
    VECTORIZE: vectorize as unknown as Vectorize,
  };
  faked.set(env, made);
  return made;
}

/** The Worker as it is deployed, over the local platform and these fakes. */
export default {
  fetch: (request: Request, env: TestEnv, context: ExecutionContext) =>
    worker.fetch(request, withFakes(env), context),
  queue: (batch: MessageBatch<IngestMessage>, env: TestEnv) => worker.queue(batch, withFakes(env)),
  scheduled: (controller: { cron: string }, env: TestEnv) => worker.scheduled(controller, withFakes(env)),
};
