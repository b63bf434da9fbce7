import { createRoute, z } from '@hono/zod-openapi';
import { IbidError } from '../../model/errors.ts';
import type { App, AppDependencies } from '../dependencies.ts';
import { addPlainRoute } from '../plain-route.ts';
import { respondProblem } from '../respond.ts';
import { ProblemSchema } from '../schemas/problem.ts';

/** `GET /healthz` (the process lives) and `GET /readyz` (it can answer). */
export function addHealthRoutes(app: App, deps: Pick<AppDependencies, 'readiness'>): void {
  app.openapi(healthRoute, (c) => c.json({ status: 'ok' as const }, 200));

  addPlainRoute(app, readyRoute, async (c) => {
    const { ready, detail } = await deps.readiness();
    if (ready) return c.json({ status: 'ready' as const, checks: detail }, 200);
    const reasons = Object.entries(detail).map(([part, state]) => `${part}: ${state}`);
    const message = `The server is not ready yet (${reasons.join(', ')}). Try again shortly.`;
    c.header('Retry-After', '2');
    return respondProblem(c, new IbidError('not_ready', message), { checks: detail });
  });
}

const checks = z
  .record(z.string(), z.string())
  .openapi({ description: 'How each part stands.', example: { index: 'ready' } });

const healthRoute = createRoute({
  method: 'get',
  path: '/healthz',
  operationId: 'getHealth',
  tags: ['Operation'],
  summary: 'Is the process alive?',
  responses: {
    200: {
      description: 'It is.',
      content: { 'application/json': { schema: z.object({ status: z.literal('ok') }) } },
    },
  },
});

const readyRoute = createRoute({
  method: 'get',
  path: '/readyz',
  operationId: 'getReadiness',
  tags: ['Operation'],
  summary: 'Can it answer?',
  responses: {
    200: {
      description: 'It can.',
      content: { 'application/json': { schema: z.object({ status: z.literal('ready'), checks }) } },
    },
    503: {
      description: 'Not yet; `checks` says why.',
      content: { 'application/problem+json': { schema: ProblemSchema.extend({ checks }) } },
    },
  },
});
